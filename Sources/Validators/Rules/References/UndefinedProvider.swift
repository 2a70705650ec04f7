import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let undefinedProvider = Rule(
    2002, "undefined-provider", .error, concludesFromAbsence: true,
    summary: "a model is served by a provider that is not declared",
    rationale: """
      A target names an entry of `providers`, not a kind of provider: address and key come from there. LiteLLM's own check
      answers `config OK (0 models)` and exit status 0 when it does not know a provider, and drops the model.
      """,
    examples: [
      .flagged(
        "models:\n  gpt-4o-mini:\n    targets: [{ provider: ⟦openia⟧, model: gpt-4o-mini }]\n",
        fixed: "models:\n  gpt-4o-mini:\n    targets: [{ provider: openai, model: gpt-4o-mini }]\n"),
      .flagged(
        "models:\n  claude-haiku:\n    targets:\n      - { provider: ⟦anthropic⟧, model: claude-haiku-4-5 }\n"),
      .allowed("models:\n  gpt-4o-mini:\n    targets: [{ provider: openai, model: gpt-4o-mini }]\n"),
    ]
  ) { context, findings in
    let providers = context.spec.providers
    let uses = context.spec.models.value.flatMap { $0.value.targets.value.map(\.value.provider) }
    findings.addUndefined(
      "provider", uses.filter { !$0.isInvalid && providers.isMissing($0.value) },
      among: providers.value.map(\.name.value.text), section: "providers")
  }
}
