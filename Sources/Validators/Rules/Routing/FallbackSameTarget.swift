import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let fallbackSameTarget = Rule(
    7012, "fallback-same-target", .warning,
    summary: "a fallback asks exactly the targets that have just failed",
    rationale: """
      Two public names for one model of one provider are handy for a renaming, and no fallback for each other: the second try
      goes where the first one failed. The client waits twice as long for the same error.
      """,
    examples: [
      .flagged(
        """
        models:
          chat:
            targets: [{ provider: openai, model: gpt-4o-mini }]
            fallbacks: [⟦gpt-4o-mini⟧]
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }]

        """,
        fixed: """
          models:
            chat:
              targets: [{ provider: openai, model: gpt-4o-mini }]
              fallbacks: []
            gpt-4o-mini:
              targets: [{ provider: openai, model: gpt-4o-mini }]

          """),
      .allowed(
        """
        models:
          chat:
            targets: [{ provider: openai, model: gpt-4o-mini }]
            fallbacks: [gpt-4.1-mini]
          gpt-4.1-mini:
            targets: [{ provider: openai, model: gpt-4.1-mini }]

        """),
    ]
  ) { context, findings in
    let models = context.spec.models.value
    let places = context.targetPlaces
    for model in models {
      guard let own = places[model.name.value] else { continue }
      for fallback in model.value.fallbacks.value {
        guard fallback.value != model.name.value, let other = models[fallback.value], places[fallback.value] == own
        else { continue }
        findings.add(
          "the fallback `\(fallback.value)` asks what `\(model.name.value)` has just asked", at: fallback.span,
          label: "the same targets", related: [Diagnostic.Label(other.name.span, "declared here")],
          help: ["write a model with other targets, or remove it"],
          fixIts: context.removing(context.removal(of: fallback)))
      }
    }
  }
}
