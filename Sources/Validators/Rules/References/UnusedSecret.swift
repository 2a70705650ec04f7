import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unusedSecret = Rule(
    2010, "unused-secret", .warning,
    summary: "a declared secret is used by nothing",
    rationale: """
      An unused secret is still read from Vault and still lies in the pod, where it can leak, and the policy goes on
      granting it. It is usually the rest of a provider that has been removed. With LiteLLM a secret that names its
      variable in `env` counts as used, for callbacks and caches read the environment by themselves.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY }
            ⟦groq-key⟧: { env: GROQ_API_KEY }

        """, base: .sluice),
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
    // A provider that lacks its key has been reported, and the secret is probably meant for it.
    guard let engine = context.knownEngine, context.areSecretUsesComplete, context.providersWithoutKey.isEmpty else {
      return
    }
    let entries = context.spec.secrets.value.entries.value
    let used = Set(context.secretUses.map(\.secret.value.text))
    let meant = NameSuggestion.meant(by: used, among: entries.map(\.name.value.text))
    for secret in entries where !secret.setting.isInvalid {
      let name = secret.name.value.text
      if used.contains(name) || meant.contains(name) || (engine == .litellm && secret.value.env != nil) { continue }
      findings.add(
        "nothing uses the secret `\(name)`", at: secret.name.span, label: "unused",
        help: ["remove it here and from the Vault policy, or refer to it with `{ secret: \(name) }`"])
    }
  }
}
