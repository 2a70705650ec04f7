import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let undefinedModel = Rule(
    2003, "undefined-model", .error, concludesFromAbsence: true,
    summary: "a fallback or a virtual key names a model that is not declared",
    rationale: """
      A fallback to a model that does not exist turns an outage of one provider into an outage of the model, and shows only
      then; LiteLLM accepts such a configuration without a word. A key that is limited to a model nobody serves any more
      opens nothing.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }]
            fallbacks: [⟦gpt-4o-nano⟧]

        """),
      .flagged(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [⟦gpt-4o-mimi⟧] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """,
        fixed: """
          models:
            gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
            gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

          """),
      .allowed(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """),
    ]
  ) { context, findings in
    let models = context.spec.models
    let uses =
      models.value.flatMap(\.value.standIns)
      + context.spec.auth.value.keys.value.flatMap { Array($0.value.models?.value ?? SpecList()) }
    findings.addUndefined(
      "model", uses.filter { models.isMissing($0.value) }, among: models.value.map(\.name.value.text),
      section: "models")
  }
}
