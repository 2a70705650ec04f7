import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let secretWithoutVaultPath = Rule(
    3004, "secret-without-vault-path", .error, concludesFromAbsence: true,
    summary: "secrets are read from Vault, and one of them does not say where it lies",
    rationale: """
      With `delivery: external-secrets` or `delivery: vault` every secret comes out of Vault, so each needs its path. A
      secret without one would be missing from the Kubernetes Secret, and the container would not start.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            ⟦openai-key⟧: { env: OPENAI_API_KEY }
            database-url: { vault: litellm/database, property: url }

        """),
      .allowed(
        """
        secrets:
          delivery: environment
          entries:
            master-key: {}
            openai-key: { env: OPENAI_API_KEY }

        """, base: .sluice),
    ]
  ) { context, findings in
    let delivery = context.spec.secrets.value.delivery
    guard delivery.known?.readsVault == true, context.spec.vault != nil else { return }
    for secret in context.spec.secrets.value.entries.value where !secret.setting.isInvalid && secret.value.vault == nil
    {
      findings.add(
        "the secret `\(secret.name.value)` has no path in Vault", at: secret.name.span, label: "`vault` is missing",
        related: [Diagnostic.Label(delivery.span, "secrets are read from Vault")],
        help: ["add `vault:` with mount and path, as `vault kv get` takes them"])
    }
  }
}
