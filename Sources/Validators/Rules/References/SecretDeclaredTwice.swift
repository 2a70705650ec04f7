import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let secretDeclaredTwice = Rule(
    2021, "secret-declared-twice", .warning,
    summary: "two secrets are one field of one path in Vault",
    rationale: """
      An entry that was copied keeps the `property` of the one that it was copied from: the gateway then sends OpenAI's key to
      Anthropic, which refuses it and has seen it. Where one value is really meant twice, one entry can be referred to from
      everywhere.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            langfuse-key: { vault: litellm/api-keys, property: ⟦openai-key⟧, env: LANGFUSE_SECRET_KEY }
            database-url: { vault: litellm/database, property: url }

        """),
      .allowed(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            langfuse-key: { vault: litellm/api-keys, property: langfuse-key, env: LANGFUSE_SECRET_KEY }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    struct Field: Hashable {
      let path: VaultPathText
      let property: NonEmptyText?
    }
    guard context.spec.secrets.value.delivery.known?.readsVault == true else { return }
    var first: [Field: NamedEntry<EntryName, SecretEntry>] = [:]
    for secret in context.spec.secrets.value.entries.value {
      guard !secret.setting.isInvalid, let path = secret.value.vault?.known, secret.value.property?.isInvalid != true
      else { continue }
      let field = Field(path: path, property: secret.value.property?.value)
      guard let earlier = first[field] else {
        first[field] = secret
        continue
      }
      let name = field.property.map { "the field `\($0)` of `\(path)`" } ?? "`\(path)`"
      findings.add(
        "the secrets `\(earlier.name.value)` and `\(secret.name.value)` are both \(name)",
        at: secret.value.property?.span ?? secret.name.span, label: "the same value",
        related: [Diagnostic.Label(earlier.name.span, "declared here already")],
        help: ["write the field that is meant, or refer to `\(earlier.name.value)` in both places"])
    }
  }
}
