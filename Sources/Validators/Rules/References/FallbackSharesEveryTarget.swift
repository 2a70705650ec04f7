import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let fallbackSharesEveryTarget = Rule(
    2020, "fallback-shares-every-target", .warning,
    summary: "a fallback is served by nothing but the targets that have failed",
    rationale: """
      A fallback is tried when every target of the model has failed. If it is another name for the same targets, the same
      provider refuses a second time, and the client waits twice as long for the same error. A fallback helps when it is
      served by another provider, or at least by another model.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [⟦default⟧] }
          default: { targets: [{ provider: openai, model: gpt-4o }] }

        """,
        fixed: """
          models:
            gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [] }
            default: { targets: [{ provider: openai, model: gpt-4o }] }

          """),
      .allowed(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], fallbacks: [gpt-4o-mini] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """),
    ]
  ) { context, findings in
    let models = context.spec.models.value
    var targets: [ModelName: Set<Target>] = [:]
    for model in models where model.value.targets.value.isComplete {
      let known = model.value.targets.value.compactMap { Target($0.value) }
      if known.count == model.value.targets.value.count { targets[model.name.value] = Set(known) }
    }
    for model in models {
      guard let own = targets[model.name.value], !own.isEmpty else { continue }
      for fallback in model.value.fallbacks.value where fallback.value != model.name.value {
        guard let others = targets[fallback.value], !others.isEmpty, others.isSubset(of: own) else { continue }
        findings.add(
          "the fallback `\(fallback.value)` has no target that `\(model.name.value)` does not have", at: fallback.span,
          label: "fails as well",
          related: models[fallback.value].map { [Diagnostic.Label($0.value.targets.span, "the same targets")] } ?? [],
          help: ["name a model with another target, or remove the fallback"],
          fixIts: context.removing(context.removal(of: fallback)))
      }
    }
  }
}
