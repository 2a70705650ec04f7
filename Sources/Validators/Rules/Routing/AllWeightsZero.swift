import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let allWeightsZero = Rule(
    7003, "all-weights-zero", .error,
    summary: "all targets of a model have the weight 0",
    rationale: """
      A weight of 0 takes a target out of service without removing it. When every target has it, nothing is left to choose:
      some engines then take all of them, some none.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o-mini:
            targets:
              - { provider: openai, model: gpt-4o-mini, weight: ⟦0⟧ }
              - { provider: openai, model: gpt-4.1-mini, weight: 0 }

        """,
        fixed: """
          models:
            gpt-4o-mini:
              targets:
                - { provider: openai, model: gpt-4o-mini, weight: 1 }
                - { provider: openai, model: gpt-4.1-mini, weight: 0 }

          """),
      .allowed(
        """
        models:
          gpt-4o-mini:
            targets:
              - { provider: openai, model: gpt-4o-mini, weight: 0 }
              - { provider: openai, model: gpt-4.1-mini, weight: 1 }

        """),
    ]
  ) { context, findings in
    for model in context.spec.models.value {
      let targets = model.value.targets.value
      guard targets.isComplete, targets.allSatisfy({ $0.value.weight.known == 0 }), let first = targets.first else {
        continue
      }
      findings.add(
        "no target of the model `\(model.name.value)` has a weight above 0", at: first.value.weight.span,
        label: targets.count > 1 ? "this one and all others" : "the only target",
        related: targets.dropFirst().prefix(3).map { Diagnostic.Label($0.value.weight.span) },
        help: ["write `1` at a target that should answer"],
        fixIts: [FixIt("write `1`", .unsafe, replace: first.value.weight.span, with: "1")])
    }
  }
}
