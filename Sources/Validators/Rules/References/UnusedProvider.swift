import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unusedProvider = Rule(
    2011, "unused-provider", .warning, concludesFromAbsence: true,
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

        """,
        fixed: """
          providers:
            openai: { type: openai, apiKey: { secret: openai-key } }

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
    guard !models.isInvalid else { return }
    // A model without a readable target has been reported: the unused provider is probably meant there.
    for model in models.value {
      let targets = model.value.targets
      if model.setting.isInvalid || targets.isInvalid || !targets.value.isComplete || targets.value.isEmpty { return }
    }
    let uses = models.value.flatMap { $0.value.targets.value.map(\.value.provider) }
    let providers = context.spec.providers
    if uses.contains(where: { $0.isInvalid || providers.isMissing($0.value) }) { return }
    let used = Set(uses.map(\.value))
    for provider in providers.value where !provider.setting.isInvalid && !used.contains(provider.name.value) {
      findings.add(
        "no model is served by the provider `\(provider.name.value)`", at: provider.name.span, label: "unused",
        help: ["remove it, or name it in the `targets` of a model"],
        fixIts: context.removing(context.removal(of: provider)))
    }
  }
}
