import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let saltKeyUnused = Rule(
    8012, "salt-key-unused", .warning,
    summary: "a salt key is given, and there is no database whose content it could encrypt",
    rationale: """
      `LITELLM_SALT_KEY` encrypts what LiteLLM stores in its database, and is used for nothing else. A key that protects
      nothing is one more secret to keep, and a sign that the section `database` was forgotten.
      """,
    examples: [
      .flagged(
        """
        engine: { type: litellm }
        secrets:
          delivery: environment
          entries: { master-key: {}, salt-key: { rotation: never }, openai-key: {} }
        auth: { masterKey: { secret: master-key }, ⟦saltKey⟧: { secret: salt-key } }

        """,
        fixed: """
          engine: { type: litellm }
          secrets:
            delivery: environment
            entries: { master-key: {}, salt-key: { rotation: never }, openai-key: {} }
          auth: { masterKey: { secret: master-key } }

          """, base: .sluice),
      .allowed("auth: { masterKey: { secret: master-key }, saltKey: { secret: salt-key } }\n"),
    ]
  ) { context, findings in
    guard let engine = context.knownEngine, let key = context.spec.auth.known?.saltKey, !key.isInvalid,
      context.spec.database == nil, engine == .litellm
    else { return }
    findings.add(
      "there is no database whose content the salt key could encrypt", at: key.keySpan, label: "protects nothing",
      help: ["remove it, or add the section `database`"], fixIts: context.removing(context.removal(of: key)))
  }
}
