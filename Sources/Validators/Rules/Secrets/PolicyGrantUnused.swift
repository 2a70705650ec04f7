import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let policyGrantUnused = Rule(
    3021, "policy-grant-unused", .warning, concludesFromAbsence: true,
    summary: "a policy of the login grants a path that no secret lies at",
    rationale: """
      The policy is what a stolen token is worth. A rule for a path that the gateway does not read adds to that and to nothing
      else; it is left behind when a secret moves. Left out altogether, the policy is derived: one exact rule for each path that
      is read.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
                - { path: ⟦litellm/data/billing⟧, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets:
                paths:
                  - { path: litellm/data/api-keys, capabilities: [read] }
                  - { path: litellm/data/database, capabilities: [read] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    let scope = context.vaultScope
    // A secret that is asked for elsewhere has been reported, and is probably meant to lie at the unused path.
    guard scope.gaps.isEmpty, scope.mismatches.isEmpty, !scope.reads.contains(where: \.keyStartsWithData),
      scope.reads.count == context.spec.secrets.value.entries.value.count, let login = scope.login,
      let vault = context.spec.vault?.known
    else { return }
    for grant in scope.grants where grant.reads.isEmpty {
      let rule = grant.rule
      guard let written = rule.contributors.first?.rule, let span = written.primarySpan, !rule.capabilities.isEmpty,
        !rule.capabilities.contains(.deny), rule.pattern.flaw == nil, !rule.pattern.isTemplated,
        let mount = vault.mounts.value.first(where: { rule.pattern.text.hasPrefix($0.name.value.text + "/") }),
        !rule.pattern.lacksKeyValueSegment(of: mount), rule.capabilities != .list
      else { continue }
      findings.add(
        "`\(login.name.value)` is granted `\(rule.pattern)`, where no secret lies", at: span, label: "not used",
        related: [Diagnostic.Label(login.name.span, "this login carries it")],
        help: ["remove the rule, or leave the policy out and it is derived"],
        fixIts: context.removing(written.spans.flatMap { context.removal(ofListItem: $0.rule) }))
    }
  }
}
