import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unusedSecret = Rule(
    2010, "unused-secret", .warning, concludesFromAbsence: true,
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

        """,
        fixed: """
          secrets:
            delivery: environment
            entries:
              master-key: { env: GATEWAY_MASTER_KEY }
              openai-key: { env: OPENAI_API_KEY }

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
    // A place that lacks its secret, or names it wrongly, has been reported: the unused one is probably meant there.
    let auth = context.spec.auth.value
    guard let engine = context.knownEngine, context.areSecretUsesComplete, context.providersWithoutKey.isEmpty,
      auth.masterKey != nil, engine != .litellm || context.spec.database == nil || auth.saltKey != nil
    else { return }
    let entries = context.spec.secrets.value.entries
    let used = Set(context.secretUses.map(\.secret.value))
    if used.contains(where: entries.isMissing) { return }
    for secret in entries.value where !secret.setting.isInvalid && !used.contains(secret.name.value) {
      if engine == .litellm, secret.value.env != nil { continue }
      let name = secret.name.value
      findings.add(
        "nothing uses the secret `\(name)`", at: secret.name.span, label: "unused",
        help: ["remove it here and from the Vault policy, or refer to it with `{ secret: \(name) }`"],
        fixIts: context.removing(context.removal(of: secret)))
    }
  }
}
