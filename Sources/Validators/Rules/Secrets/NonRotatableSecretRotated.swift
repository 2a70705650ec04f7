import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let nonRotatableSecretRotated = Rule(
    3013, "non-rotatable-secret-rotated", .warning, concludesFromAbsence: true,
    summary: "the salt key may be rotated, which makes stored credentials unreadable",
    rationale: """
      `LITELLM_SALT_KEY` encrypts the provider credentials that LiteLLM keeps in its database. Once the first model is
      stored a new salt key makes all of them unreadable, and there is no way back but the old key. `rotation: never` keeps
      the value out of refreshes and restarts and tells the next reader why.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            ⟦salt-key⟧: { vault: litellm/api-keys, property: salt-key }
            openai-key: { vault: litellm/api-keys, property: openai-key }
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
    guard context.knownEngine == .litellm,
      let use = context.secretUses.first(where: { $0.purpose == .saltKey }),
      let secret = context.spec.secrets.value.entries.value[use.secret.value], !secret.setting.isInvalid,
      secret.value.rotation.known == .automatic
    else { return }
    let rotation = secret.value.rotation
    let edit =
      rotation.isWritten
      ? TextEdit(rotation.span, "never")
      : context.addition(ofKey: "rotation: never", toFlowMapping: secret.setting.span)
    findings.add(
      "the salt key `\(secret.name.value)` is not kept from rotation",
      at: rotation.isWritten ? rotation.span : secret.name.span,
      label: rotation.isWritten ? "must stay the same" : "lacks `rotation: never`",
      related: [Diagnostic.Label(use.secret.span, "it encrypts what the database holds")],
      help: ["write `rotation: never`"],
      fixIts: edit.map { [FixIt("write `rotation: never`", .unsafe, edits: [$0])] } ?? [])
  }
}
