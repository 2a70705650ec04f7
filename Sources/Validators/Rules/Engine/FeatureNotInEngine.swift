import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let featureNotInEngine = Rule(
    8005, "feature-not-in-engine", .error,
    summary: "the spec asks for something that the engine cannot do",
    rationale: """
      LiteLLM keeps virtual keys in its database alone, so that keys in a file would not hold. This release of Sluice's own
      runtime speaks OpenAI's API to its providers and keeps nothing in a database yet. Whoever relies on any of this would
      be let down, so it is refused.
      """,
    examples: [
      .flagged(
        """
        auth:
          masterKey: { secret: master-key }
          saltKey: { secret: salt-key }
          ⟦keys⟧:
            ci-bot: { key: { secret: openai-key }, models: [gpt-4o-mini] }

        """),
      .flagged(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          anthropic: { type: ⟦anthropic⟧, apiKey: { secret: openai-key } }
        models:
          claude-haiku: { targets: [{ provider: anthropic, model: claude-haiku-4-5 }] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

        """, base: .sluice),
      .flagged(
        """
        secrets: { entries: { master-key: {}, openai-key: {}, database-url: {} } }
        ⟦database⟧: { url: { secret: database-url } }

        """, base: .sluice),
      .allowed(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci-bot: { key: { secret: openai-key }, models: [gpt-4o-mini] }

        """, base: .sluice),
      .allowed("auth: { masterKey: { secret: master-key }, keys: {} }\n", base: .sluice),
    ]
  ) { context, findings in
    let engine = context.knownEngine
    let keys = context.spec.auth.value.keys
    if engine == .litellm, keys.isWritten, !keys.value.isEmpty {
      findings.add(
        "LiteLLM takes no virtual keys from a file", at: keys.keySpan, label: "not with this engine",
        related: context.engineLabel, notes: ["it keeps them in its database, where `POST /key/generate` makes them"],
        help: ["remove them"])
    }
    guard engine == .sluice else { return }
    for provider in context.spec.providers.value {
      guard let type = provider.value.type.known, type.descriptor.dialect == .anthropic else { continue }
      findings.add(
        "Sluice's runtime does not speak the API of \(type.descriptor.displayName) yet", at: provider.value.type.span,
        label: "not with this engine", related: context.engineLabel,
        help: ["write `type: litellm` under `engine`, or reach the model through a server with OpenAI's API"])
    }
    if let database = context.spec.database {
      findings.add(
        "Sluice's runtime keeps nothing in a database yet", at: database.keySpan, label: "not with this engine",
        related: context.engineLabel, help: ["remove the section `database`"])
    }
  }
}
