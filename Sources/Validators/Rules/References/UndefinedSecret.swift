import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let undefinedSecret = Rule(
    2001, "undefined-secret", .error, concludesFromAbsence: true,
    summary: "a secret is referred to that is not declared",
    rationale: """
      A reference to a secret that nobody declares becomes an environment variable without a value. LiteLLM starts with it
      all the same, reports itself ready, and answers every request of that model with 500 "Missing credentials".
      """,
    examples: [
      .flagged(
        "providers:\n  openai: { type: openai, apiKey: { secret: ⟦opnai-key⟧ } }\n",
        fixed: "providers:\n  openai: { type: openai, apiKey: { secret: openai-key } }\n"),
      .flagged("auth: { masterKey: { secret: ⟦bootstrap⟧ }, saltKey: { secret: salt-key } }\n"),
      .allowed("providers:\n  openai: { type: openai, apiKey: { secret: openai-key } }\n"),
    ]
  ) { context, findings in
    let secrets = context.spec.secrets
    guard !secrets.isInvalid else { return }
    let entries = secrets.value.entries
    findings.addUndefined(
      "secret", context.secretUses.map(\.secret).filter { entries.isMissing($0.value) },
      among: entries.value.map(\.name.value.text), section: "secrets.entries")
  }
}
