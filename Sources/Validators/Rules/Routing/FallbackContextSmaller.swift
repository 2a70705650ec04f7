import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let fallbackContextSmaller = Rule(
    7008, "fallback-context-smaller", .warning,
    summary: "a fallback takes shorter prompts than the model that it stands in for",
    rationale: """
      In an outage all requests go to the fallback. Those whose prompt is longer than its context window are answered 400,
      and these are the long conversations and documents for which the larger model was chosen. Compared is the smallest
      window of each model's targets, as far as the catalogue knows all of them.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4.1:
            targets: [{ provider: openai, model: gpt-4.1 }]
            fallbacks: [⟦gpt-4o-mini⟧]
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }]

        """),
      .allowed(
        """
        models:
          gpt-4o:
            targets: [{ provider: openai, model: gpt-4o }]
            fallbacks: [gpt-4.1-mini]
          gpt-4.1-mini:
            targets: [{ provider: openai, model: gpt-4.1-mini }]

        """),
    ]
  ) { context, findings in
    let models = context.spec.models.value
    var windows: [ModelName: Int] = [:]
    for model in models {
      let known = model.value.targets.value.map { context.spec.knownModel(of: $0.value)?.context }
      let sizes = known.compactMap(\.self)
      if sizes.count == known.count, let smallest = sizes.min() { windows[model.name.value] = smallest }
    }
    for model in models {
      guard let own = windows[model.name.value] else { continue }
      for fallback in model.value.fallbacks.value {
        guard let window = windows[fallback.value], window < own else { continue }
        findings.add(
          "the fallback `\(fallback.value)` takes \(window) tokens, and `\(model.name.value)` takes \(own)",
          at: fallback.span, label: "a smaller context window",
          related: [Diagnostic.Label(model.name.span, "prompts of \(own) tokens are asked of it")],
          help: ["write a fallback with a window of \(own) tokens or more, or put one in front of it"])
      }
    }
  }
}
