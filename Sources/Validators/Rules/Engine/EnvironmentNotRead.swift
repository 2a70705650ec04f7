import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let environmentNotRead = Rule(
    8001, "environment-not-read", .warning,
    summary: "an environment variable is set that the engine does not read, or that the spec sets elsewhere",
    rationale: """
      Variables outlive the code that read them: LiteLLM's guides still name `RUN_MIGRATION` and `USE_PRISMA_MIGRATE`, which
      release 1.109.1 does not read. The line looks like a decision and has no effect. Others are compiled from a setting
      of the spec, and a second value would fight the first.
      """,
    examples: [
      .flagged("engine: { type: litellm, env: { ⟦RUN_MIGRATION⟧: \"true\" } }\n"),
      .flagged("engine: { type: litellm, env: { ⟦PORT⟧: \"8080\" } }\n"),
      .allowed("engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil else { return }
    for variable in context.spec.engine.value.env.value {
      let name = variable.name.value.text
      if let advice = context.engine.unreadVariables[name] {
        findings.add(
          "\(context.engineName) does not read `\(name)`", at: variable.name.span, label: "has no effect",
          related: context.engineLabel, help: [advice])
      } else if context.knownEngine == .litellm, let setting = settingsOfVariables[name] {
        findings.add(
          "`\(name)` is compiled from `\(setting)`", at: variable.name.span, label: "set twice",
          help: ["remove it and write `\(setting)`"])
      }
    }
  }

  /// The variables of LiteLLM for which the spec has a setting.
  private static let settingsOfVariables = [
    "PORT": "server.port", "DISABLE_SCHEMA_UPDATE": "database.migrate", "REQUEST_TIMEOUT": "routing.timeout",
  ]
}
