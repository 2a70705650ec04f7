import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let policyPathOutsideMounts = Rule(
    3007, "policy-path-outside-mounts", .warning,
    summary: "a policy rule is about a mount that the spec does not declare",
    rationale: """
      A rule for a mount that the gateway does not use grants something that nobody asked for, or is misspelt and grants
      nothing. Vault accepts either. Paths of Vault itself (`sys/`, `auth/`, `identity/`, `cubbyhole/`) are left alone.
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
                - { path: litellm/data/+, capabilities: [read] }
                - { path: ⟦billing/data/invoices⟧, capabilities: [read] }
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
                  - { path: litellm/data/+, capabilities: [read] }
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
                - { path: litellm/data/+, capabilities: [read] }
                - { path: auth/token/renew-self, capabilities: [update] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    guard let vault = context.spec.vault?.known, context.hasReadableMounts(vault) else { return }
    let mounts = vault.mounts.value.map(\.name.value.text)
    for policy in context.policies where policy.origin != .derived {
      for rule in policy.policy.rules {
        guard let span = rule.primarySpan, !context.vaultScope.blames(rule), rule.pattern.flaw == nil else { continue }
        let text = rule.pattern.text
        let fixed = text.prefix { !"*+{".contains($0) }
        let isOwn = ["sys/", "auth/", "identity/", "cubbyhole/"].contains { text.hasPrefix($0) }
        let isOpen = fixed.count < text.count
        let isOnMount = mounts.contains { mount in
          fixed.hasPrefix(mount + "/") || text == mount || (isOpen && (mount + "/").hasPrefix(fixed))
        }
        if isOwn || isOnMount || fixed.isEmpty { continue }
        let first = fixed.prefix { $0 != "/" }
        let nearest = NameSuggestion.nearest(to: String(first), among: mounts)
        findings.add(
          "the rule `\(text)` is about no declared mount", at: span, label: "no such mount",
          related: vault.mounts.isWritten
            ? [Diagnostic.Label(vault.mounts.keySpan, "the mounts are declared here")] : [],
          help: [
            nearest.map { "a mount with a similar name exists: `\($0)`" } ?? "remove the rule, or declare its mount"
          ],
          fixIts: nearest.map { rule.writing($0 + text.dropFirst(first.count), .unsafe) }
            ?? context.removing(rule.spans.flatMap { context.removal(ofListItem: $0.rule) }))
      }
    }
  }
}
