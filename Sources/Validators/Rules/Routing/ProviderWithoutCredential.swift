import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerWithoutCredential = Rule(
    7001, "provider-without-credential", .error, concludesFromAbsence: true,
    summary: "a provider's public API is called without a key",
    rationale: """
      The provider answers 401 to every request. LiteLLM starts all the same, reports itself ready, and shows the mistake to
      the first client. A `baseURL` of one's own is taken for a server that asks for no key.
      """,
    examples: [
      .flagged(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          ⟦anthropic⟧: { type: anthropic }
        models:
          claude-haiku: { targets: [{ provider: anthropic, model: claude-haiku-4-5 }] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """),
      .flagged(
        "providers:\n  ⟦openai⟧: { type: openai }\n",
        fixed: "providers:\n  openai: { type: openai, apiKey: { secret: openai-key } }\n", hidden: true),
      .allowed(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          local: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1 }
        models:
          chat: { targets: [{ provider: openai, model: gpt-4o-mini }, { provider: local, model: qwen2.5-7b }] }

        """),
    ]
  ) { context, findings in
    for provider in context.providersWithoutKey {
      let secrets = context.spec.secrets.value.entries.value.map(\.name.value.text)
      let nearest = NameSuggestion.nearest(to: "\(provider.name.value)-key", among: secrets)
      let name = secrets.contains("\(provider.name.value)-key") ? "\(provider.name.value)-key" : nearest
      let edit = name.flatMap { context.addition(ofKey: "apiKey: { secret: \($0) }", to: provider.setting.span) }
      findings.add(
        "the provider `\(provider.name.value)` has no key", at: provider.name.span, label: "`apiKey` is missing",
        notes: ["\(provider.value.type.value.descriptor.displayName) asks for one"],
        help: ["add `apiKey: { secret: \(name ?? "…") }`"],
        fixIts: edit.map { [FixIt("add `apiKey`", .unsafe, edits: [$0])] } ?? [])
    }
  }
}
