import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let secretDeniedByPolicy = Rule(
    3002, "secret-denied-by-policy", .error,
    summary: "a rule with `deny` keeps the login from a secret that it has to read",
    rationale: """
      `deny` takes every other capability of its pattern away, also those that another policy of the same token grants for
      the same pattern. It holds where its rule is the most specific one; a broader deny does not reach through a narrower
      grant, and a narrower grant is how an exception is written.
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
            no-databases:
              paths:
                - { path: litellm/data/database, capabilities: [deny] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets, no-databases] }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: ⟦litellm/database⟧, property: url }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/*, capabilities: [deny] }
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    guard let login = context.vaultScope.login else { return }
    for gap in context.vaultScope.gaps where gap.explanation.decision.denial == .explicitDeny {
      guard let first = gap.reads.first, let rule = gap.explanation.decision.rule else { continue }
      let deny = rule.contributors(deciding: .read).first
      let grant = rule.contributors.first {
        $0.rule.capabilities.contains(.read) && !$0.rule.capabilities.contains(.deny)
      }
      let labels = [(deny, "this rule denies it"), (grant, "what this rule grants is taken away")]
      findings.add(
        "a `deny` keeps `\(login.name.value)` from `\(gap.path)`, where the secret `\(first.secret.name.value)` lies",
        at: first.path.span, label: "denied",
        related: labels.compactMap { source, text in
          source?.rule.spans.map { Diagnostic.Label($0.capabilities[.deny] ?? $0.pattern, text) }
        } + [Diagnostic.Label(login.name.span, "this login reads it")]
          + gap.reads.dropFirst().prefix(3).map { Diagnostic.Label($0.path.span, "lies there too") },
        notes: deny?.policy.map { ["the pattern `\(rule.pattern)` of the policy `\($0)` is the most specific one"] }
          ?? [],
        help: [
          rule.pattern.text == gap.path
            ? "take `\(gap.path)` out of the rule that denies it"
            : "add a narrower rule: `{ path: \(gap.path), capabilities: [read] }`"
        ])
    }
  }
}
