import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let environmentNotRead = Rule(
    8001, "environment-not-read", .warning,
    summary: "an environment variable is set that the engine does not read, or that the spec sets elsewhere",
    rationale: """
      Variables outlive the code that read them: LiteLLM's guides still name `RUN_MIGRATION` and `USE_PRISMA_MIGRATE`, which
      release 1.109.1 does not read, and a name that is misspelt is not read either. The line looks like a decision and has no effect. Others are compiled from a setting
      of the spec, and a second value would fight the first.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, env: { ⟦RUN_MIGRATION⟧: \"true\", LITELLM_MODE: PRODUCTION } }\n",
        fixed: "engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION } }\n"),
      .flagged(
        "engine: { type: litellm, env: { ⟦LITELLM_LOGS⟧: INFO } }\n",
        fixed: "engine: { type: litellm, env: { LITELLM_LOG: INFO } }\n"),
      .flagged("engine: { type: sluice, env: { ⟦LITELLM_LOG⟧: INFO } }\n", base: .sluice, hidden: true),
      .flagged("engine: { type: litellm, env: { ⟦PORT⟧: \"8080\" } }\n"),
      .allowed("engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION } }\n"),
    ]
  ) { context, findings in
    guard let engine = context.knownEngine else { return }
    for variable in context.spec.engine.value.env.value {
      let name = variable.name.value.text
      let removal = context.removing(context.removal(of: variable))
      if engine == .litellm, let setting = settingsOfVariables[name] {
        findings.add(
          "`\(name)` is compiled from `\(setting)`", at: variable.name.span, label: "set twice",
          help: ["remove it and write `\(setting)`"], fixIts: removal)
      } else if let advice = context.engine.unreadVariables[name] {
        findings.add(
          "\(context.engineName) does not read `\(name)`", at: variable.name.span, label: "has no effect",
          related: context.engineLabel, help: [advice], fixIts: removal)
      } else if name.hasPrefix("LITELLM_"), !context.reads(litellmVariable: name) {
        let nearest = engine == .litellm ? NameSuggestion.nearest(to: name, among: LiteLLMVariables.all) : nil
        findings.add(
          "\(context.engineName) does not read `\(name)`", at: variable.name.span, label: "has no effect",
          related: context.engineLabel,
          help: [nearest.map { "a variable with a similar name is read: `\($0)`" } ?? "remove it"],
          fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, replace: variable.name.span, with: $0)] } ?? removal)
      }
    }
  }

  /// The variables of LiteLLM for which the spec has a setting.
  private static let settingsOfVariables = [
    "PORT": "server.port", "DISABLE_SCHEMA_UPDATE": "database.migrate", "REQUEST_TIMEOUT": "routing.timeout",
  ]
}

extension RuleContext {
  /// Whether the engine reads a variable of LiteLLM's, as far as that is known: of other releases than the catalogue's it is
  /// not.
  fileprivate func reads(litellmVariable name: String) -> Bool {
    guard knownEngine == .litellm else { return false }
    let (version, known) = (spec.engine.value.version.value, engine.newestVersion)
    return (version.major, version.minor) != (known.major, known.minor) || LiteLLMVariables.all.contains(name)
  }
}
