import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let modelWithoutTarget = Rule(
    2013, "model-without-target", .error,
    summary: "a model has no target that serves it",
    rationale: """
      Clients would see the model in `/v1/models` and get an error for every request to it. A model whose last target was
      removed is usually meant to go as well.
      """,
    examples: [
      .flagged("models:\n  gpt-4o-mini:\n    targets: ⟦[]⟧\n"),
      .allowed("models:\n  gpt-4o-mini:\n    targets: [{ provider: openai, model: gpt-4o-mini }]\n"),
    ]
  ) { context, findings in
    for model in context.spec.models.value {
      let targets = model.value.targets
      guard targets.isWritten, targets.value.isEmpty, targets.value.isComplete else { continue }
      findings.add(
        "the model `\(model.name.value)` has no target", at: targets.span, label: "empty",
        help: ["add a target such as `{ provider: …, model: … }`, or remove the model"])
    }
  }
}
