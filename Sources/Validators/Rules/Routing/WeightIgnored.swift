import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let weightIgnored = Rule(
    7013, "weight-ignored", .warning,
    summary: "targets have weights, and the routing strategy does not choose by weight",
    rationale: """
      With `least-busy` and `latency` LiteLLM chooses by what it measures. A weight of 9 to 1 does not hold then, and a weight of 0, which
      takes a target out of service elsewhere, keeps nothing away from it.
      """,
    examples: [
      .flagged(
        """
        routing: { strategy: latency }
        models:
          gpt-4o-mini:
            targets:
              - { provider: openai, model: gpt-4o-mini, ⟦weight⟧: 9 }
              - { provider: openai, model: gpt-4.1-mini, weight: 1 }

        """,
        fixed: """
          routing: { strategy: latency }
          models:
            gpt-4o-mini:
              targets:
                - { provider: openai, model: gpt-4o-mini }
                - { provider: openai, model: gpt-4.1-mini }

          """),
      .allowed(
        """
        routing: { strategy: weighted }
        models:
          gpt-4o-mini:
            targets:
              - { provider: openai, model: gpt-4o-mini, weight: 9 }
              - { provider: openai, model: gpt-4.1-mini, weight: 1 }

        """),
    ]
  ) { context, findings in
    let strategy = context.spec.routing.value.strategy
    guard context.knownEngine == .litellm, let word = strategy.known, word != .weighted else {
      return
    }
    for model in context.spec.models.value {
      let weights = model.value.targets.value.map(\.value.weight).filter(\.isWritten)
      guard model.value.targets.value.count > 1, let first = weights.first else { continue }
      let edits = weights.compactMap { context.removal(of: $0) }
      findings.add(
        "with `\(word.rawValue)` LiteLLM does not look at the weights of `\(model.name.value)`", at: first.keySpan,
        label: "has no effect",
        related: [Diagnostic.Label(strategy.span, "chooses by what it measures")]
          + weights.dropFirst().prefix(3).map { Diagnostic.Label($0.keySpan) },
        help: ["write `strategy: weighted`, or remove the weights"],
        fixIts: edits.count == weights.count ? [FixIt("remove the weights", .unsafe, edits: edits)] : [])
    }
  }
}
