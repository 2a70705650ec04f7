import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let deprecatedModel = Rule(
    7007, "deprecated-model", .warning,
    summary: "the provider has switched the model off, or has said when it will",
    rationale: """
      Providers announce the end of a model months ahead, by mail to the owner of the account. On that day every request
      for it is answered 404, with fallbacks that nobody has tested under the full load. The dates are those of the
      catalogue of November 2026; the linter asks no clock, so that a date in the future is reported as well.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o-mini:
            targets:
              - { provider: openai, model: gpt-4o-mini }
              - { provider: openai, model: ⟦gpt-3.5-turbo⟧, weight: 0 }

        """),
      .allowed("models:\n  gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4.1-mini }] }\n"),
    ]
  ) { context, findings in
    for target in context.targets {
      guard let model = context.spec.knownModel(of: target.value), let date = model.retirement,
        let provider = context.publicProvider(of: target.value)
      else { continue }
      let isGone = date <= ProviderModel.catalogDate
      let successor = model.successor(among: ProviderModel.models(of: provider) ?? [:])
      findings.add(
        "\(provider.displayName) \(isGone ? "switched" : "switches") `\(model.name)` off on \(date)",
        at: target.value.model.span, label: isGone ? "gone" : "announced",
        help: [
          "write a model that stays" + (successor.map { "; the nearest in price is `\($0.name)`" } ?? "")
        ])
    }
  }
}

extension ProviderModel {
  /// A model of the same kind without an end, as near in price as there is.
  fileprivate func successor(among models: [String: ProviderModel]) -> ProviderModel? {
    guard let price else { return nil }
    let others = models.values.filter { $0.retirement == nil && $0.kind == kind && ($0.context ?? 0) >= (context ?? 0) }
    return others.min { first, second in
      let distances = [first, second].map { abs(($0.price?.output ?? .max / 2) - price.output) }
      return (distances[0], first.name) < (distances[1], second.name)
    }
  }
}
