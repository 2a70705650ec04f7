import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unusedProvider = Rule(
    2011, "unused-provider", .warning,
    summary: "a declared provider serves no model",
    rationale: """
      A provider without a model costs a secret, a rule in the Vault policy and an opening in the network policy, and
      nobody can call it. Either a model was forgotten or the provider is a leftover.
      """,
    examples: [
      .flagged(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          ⟦local⟧: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1 }

        """),
      .allowed(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          local: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1 }
        models:
          chat:
            targets: [{ provider: openai, model: gpt-4o-mini }, { provider: local, model: qwen2.5-7b }]

        """),
    ]
  ) { context, findings in
    let models = context.spec.models
    guard !models.isInvalid,
      models.value.allSatisfy({ !$0.setting.isInvalid && !$0.value.targets.isInvalid && $0.value.targets.value.isComplete })
    else { return }
    let targets = models.value.flatMap { $0.value.targets.value }
    guard targets.allSatisfy({ !$0.value.provider.isInvalid }) else { return }
    let used = Set(targets.map { $0.value.provider.value.text })
    let providers = context.spec.providers.value
    let meant = NameSuggestion.meant(by: used, among: providers.map(\.name.value.text))
    for provider in providers {
      let name = provider.name.value.text
      if used.contains(name) || meant.contains(name) || provider.setting.isInvalid { continue }
      findings.add(
        "no model is served by the provider `\(name)`", at: provider.name.span, label: "unused",
        help: ["remove it, or name it in the `targets` of a model"])
    }
  }
}
