import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let refreshOutsideBounds = Rule(
    3012, "refresh-outside-bounds", .error,
    summary: "secrets are read from Vault more or less often than the organisation allows",
    rationale: """
      External Secrets Operator reads once for every entry and caches nothing: five entries every 15 seconds are 20 reads a
      minute for one gateway, and each writes an audit record. Read too rarely, a revoked key stays in use. `bounds` says
      what the Vault team grants.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          refreshInterval: ⟦15s⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
        bounds: { refreshInterval: { min: 1m } }

        """),
      .flagged("bounds: { refreshInterval: { max: ⟦15m⟧ } }\n"),
      .allowed("bounds: { refreshInterval: { min: 1m, max: 1h } }\n"),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known?.readsVault == true else { return }
    checkBounds(
      of: context.spec.secrets.value.refreshInterval, "refresh interval",
      within: context.spec.bounds.value.refreshInterval, &findings)
  }
}
