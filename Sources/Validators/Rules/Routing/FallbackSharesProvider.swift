import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let fallbackSharesProvider = Rule(
    7011, "fallback-shares-provider", .note,
    summary: "all fallbacks of a model are served by the provider that the model is served by",
    rationale: """
      Most failures of a target are failures of its provider: an outage, a revoked key, a quota of the account. A fallback at
      the same provider fails in the same minute. It still helps against the limits of one model.
      """,
    examples: [
      .flagged(
        """
        models:
          gpt-4o:
            targets: [{ provider: openai, model: gpt-4o }]
            fallbacks: ⟦[gpt-4o-mini]⟧
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }]

        """),
      .allowed(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          local: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1 }
        models:
          gpt-4o:
            targets: [{ provider: openai, model: gpt-4o }]
            fallbacks: [chat]
          chat:
            targets: [{ provider: local, model: qwen2.5-7b }]

        """),
    ]
  ) { context, findings in
    let places = context.targetPlaces
    let providers = places.mapValues { Set($0.map(\.provider)) }
    for model in context.spec.models.value {
      let fallbacks = model.value.fallbacks
      guard fallbacks.isWritten, fallbacks.value.isComplete, let own = providers[model.name.value] else { continue }
      // GW7012 says more about a fallback that is the same in everything.
      let others = fallbacks.value.map(\.value).filter { places[$0] != places[model.name.value] }
      guard !others.isEmpty, others.allSatisfy({ providers[$0]?.isSubset(of: own) ?? false }) else { continue }
      let names = own.map { "`\($0)`" }.sorted().joined(separator: " and ")
      findings.add(
        "when \(names) fails, every fallback of `\(model.name.value)` fails too", at: fallbacks.span,
        label: "at the same provider", related: [Diagnostic.Label(model.name.span, "served by \(names)")],
        help: ["add a model of another provider"])
    }
  }
}
