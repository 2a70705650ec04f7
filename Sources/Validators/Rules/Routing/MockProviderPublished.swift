import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let mockProviderPublished = Rule(
    7016, "mock-provider-published", .warning,
    summary: "a published gateway answers from the built-in mock",
    rationale: """
      The mock answers every question with a sentence of its own and status 200. It is made for laptops and tests; what an
      ingress publishes is taken for the real thing, and no alarm tells the two apart.
      """,
    examples: [
      .flagged(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          mock: { type: ⟦mock⟧ }
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }, { provider: mock, model: echo, weight: 1 }]

        """),
      .allowed(
        """
        providers: { mock: { type: mock } }
        secrets: { entries: { master-key: {} } }
        models: { echo: { targets: [{ provider: mock, model: echo }] } }

        """, base: .sluice),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress else { return }
    let used = Set(context.targets.compactMap { $0.value.provider.known })
    for provider in context.spec.providers.value where used.contains(provider.name.value) {
      guard let type = provider.value.type.known, type.descriptor.dialect == .mock else { continue }
      findings.add(
        "clients of the published gateway may get the mock's answers", at: provider.value.type.span,
        label: "not a model",
        related: [Diagnostic.Label(ingress.keySpan, "it is published")],
        help: ["give its models another provider, here or in the environment that publishes them"])
    }
  }
}
