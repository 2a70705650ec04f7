import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let policyGrantTooWide = Rule(
    3022, "policy-grant-too-wide", .warning,
    summary: "a policy of the login grants more than the gateway reads",
    rationale: """
      External Secrets Operator asks for exact paths, and only to read them. A rule with a wildcard also opens what other teams
      put beside them tomorrow, and `update` or `delete` let whoever gets hold of the token change the secrets of everybody who
      reads them. One exact rule with `read` for each path is all that is needed.
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
                - { path: ⟦litellm/data/*⟧, capabilities: [read] }
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
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: ⟦litellm/data/api-keys⟧, capabilities: [create, read, update] }
                - { path: litellm/data/database, capabilities: [read] }
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
    guard scope.gaps.isEmpty, let login = scope.login else { return }
    for grant in scope.grants where !grant.reads.isEmpty && grant.rule.capabilities.contains(.read) {
      let rule = grant.rule
      guard rule.contributors.count == 1, let written = rule.contributors.first?.rule, let span = written.primarySpan
      else {
        continue
      }
      var seen: Set<String> = []
      let paths = grant.reads.map(\.location.apiPath).filter { seen.insert($0).inserted }
      let more = rule.capabilities.subtracting(.read)
      let isWide = rule.pattern.kind != .exact
      guard isWide || !more.isEmpty else { continue }
      let shown = paths.prefix(3).map { "`\($0)`" }.joined(separator: ", ") + (paths.count > 3 ? " and others" : "")
      let names = more.names.map { "`\($0)`" }.joined(separator: ", ")
      findings.add(
        isWide
          ? "`\(rule.pattern)` opens more to `\(login.name.value)` than the \(paths.count) paths that it reads"
          : "`\(login.name.value)` may also \(names) `\(rule.pattern)`, which it only reads",
        at: span, label: isWide ? "a wildcard" : "more than `read`",
        related: [Diagnostic.Label(login.name.span, "this login carries it")],
        help: [isWide ? "write an exact rule with `read` for each of \(shown)" : "write `capabilities: [read]`"],
        fixIts: isWide
          ? context.exactRules(paths, inPlaceOf: written)
          : written.granting(.read, "grant `read` alone", .unsafe))
    }
  }
}
