import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let noModel = Rule(
    7017, "no-model", .warning, concludesFromAbsence: true,
    summary: "the gateway serves no model",
    rationale: """
      Everything starts and every probe is green, and each request is answered "invalid model name". With LiteLLM the models
      may come to stand in its database, added by hand; then nothing says which ones they are, and a new installation has
      none.
      """,
    examples: [
      .flagged("⟦models⟧: {}\n"),
      .allowed("models:\n  gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }\n"),
    ]
  ) { context, findings in
    let models = context.spec.models
    guard context.knownEngine != nil, !context.spec.metadata.isInvalid, !models.isInvalid, models.value.isEmpty,
      models.value.isWhole
    else { return }
    let engine = context.spec.engine
    let provider = context.spec.providers.value.first?.name.value.text
    findings.add(
      "the gateway serves no model",
      at: models.isWritten ? models.keySpan : engine.isWritten ? engine.keySpan : context.spec.metadata.keySpan,
      label: models.isWritten ? "none is declared" : "`models` is missing",
      help: (provider == nil
        ? ["write `providers: { openai: { type: openai, apiKey: { secret: openai-key } } }`, and"] : [])
        + ["write `models: { gpt-4o-mini: { targets: [{ provider: \(provider ?? "openai"), model: gpt-4o-mini }] } }`"])
  }
}
