import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let duplicateTarget = Rule(
    2018, "duplicate-target", .warning,
    summary: "two targets of a model are the same",
    rationale: """
      The second one adds no capacity and no way out: a failed request is retried at the provider that has just failed, and
      health is counted twice. Usually one of the two was copied and its provider or model was not changed. A share is given
      by `weight`.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }, ⟦{ provider: openai, model: gpt-4o-mini }⟧]

        """,
        fixed: """
          models:
            gpt-4o-mini:
              targets: [{ provider: openai, model: gpt-4o-mini }]

          """),
      .allowed(
        """
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }, { provider: openai, model: gpt-4.1-mini }]

        """),
    ]
  ) { context, findings in
    for model in context.spec.models.value {
      var first: [Target: SourceSpan] = [:]
      for target in model.value.targets.value {
        guard let key = Target(target.value) else { continue }
        guard let earlier = first[key] else {
          first[key] = target.span
          continue
        }
        findings.add(
          "the model `\(model.name.value)` has the target `\(key.model)` of `\(key.provider)` twice", at: target.span,
          label: "the same again", related: [Diagnostic.Label(earlier, "the first one")],
          help: ["remove it, or name another provider or model"],
          fixIts: context.removing(context.removal(of: target)))
      }
    }
  }

  /// What makes two targets the same.
  struct Target: Hashable {
    let provider: EntryName
    let model: ProviderModelName

    init?(_ section: TargetSection) {
      guard let provider = section.provider.known, let model = section.model.known else { return nil }
      (self.provider, self.model) = (provider, model)
    }
  }
}
