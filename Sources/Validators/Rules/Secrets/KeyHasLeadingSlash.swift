import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let keyHasLeadingSlash = Rule(
    3019, "key-has-leading-slash", .error,
    summary: "the path of a secret starts with a slash",
    rationale: """
      A path in Vault has no slash in front. In the key of an ExternalSecret one is worse than needless: the operator cuts a
      repeated mount off only when the key begins with it, so that `/litellm/api-keys` in the store of `litellm` reads
      `litellm/data/litellm/api-keys`, another secret than `litellm/api-keys` does. The slash itself then vanishes on the way.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: ⟦/litellm/api-keys⟧, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          secrets:
            delivery: external-secrets
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
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
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known?.readsVault == true else { return }
    for secret in context.spec.secrets.value.entries.value {
      guard let path = secret.value.vault, let text = path.known, text.hasLeadingSlash else { continue }
      let request = context.spec.vault?.known?.locate(text).map { location in
        let version: ExternalSecretsPath.EngineVersion = location.mount.value.version.value == 1 ? .v1 : .v2
        let store = ExternalSecretsPath(storePath: location.mount.name.value.text, version: version)
        return ExternalSecretsPath.cleaned(store.read("/" + text.text))
      }
      findings.add(
        "`/\(text)` starts with a slash", at: path.span, label: "a path has none",
        notes: request.map { ["as the key of an ExternalSecret it is asked for as `\($0)`"] } ?? [],
        help: ["write `\(text)`"], fixIts: [FixIt("write `\(text)`", .safe, replace: path.span, with: text.text)])
    }
  }
}
