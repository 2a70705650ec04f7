import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let saltKeyMissing = Rule(
    8004, "salt-key-missing", .warning, concludesFromAbsence: true,
    summary: "a database of LiteLLM has no salt key",
    rationale: """
      Without `LITELLM_SALT_KEY` LiteLLM encrypts what it stores with the master key. The master key is then never to be
      changed: after a rotation, or a leak that makes one necessary, stored credentials cannot be read any more.
      """,
    examples: [
      .flagged("⟦auth⟧: { masterKey: { secret: master-key } }\n"),
      .allowed("auth: { masterKey: { secret: master-key }, saltKey: { secret: salt-key } }\n"),
    ]
  ) { context, findings in
    let auth = context.spec.auth
    guard context.knownEngine == .litellm, let database = context.spec.database, !database.isInvalid, !auth.isInvalid,
      auth.value.saltKey == nil, context.environmentValue("LITELLM_SALT_KEY") == nil
    else { return }
    findings.add(
      "what LiteLLM stores would be encrypted with the master key",
      at: auth.isWritten ? auth.keySpan : database.keySpan, label: "`saltKey` is missing",
      related: auth.isWritten ? [Diagnostic.Label(database.keySpan, "it is stored here")] : [],
      help: ["add `saltKey: { secret: … }` under `auth`, for a secret with `rotation: never`"])
  }
}
