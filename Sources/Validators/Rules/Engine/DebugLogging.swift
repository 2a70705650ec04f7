import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let debugLogging = Rule(
    8015, "debug-logging", .warning,
    summary: "every request is logged with its prompt",
    rationale: """
      At the level DEBUG LiteLLM writes headers, prompts and answers to its log, from where they go to whatever collects the
      cluster's logs and stay as long as those are kept. It also costs a large part of the throughput. For an hour on one
      gateway it is the right tool; in a committed file it stays.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION, ⟦LITELLM_LOG⟧: DEBUG } }\n",
        fixed: "engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION } }\n"),
      .flagged("engine: { type: litellm, settings: { ⟦set_verbose⟧: true } }\n"),
      .allowed("engine: { type: litellm, env: { LITELLM_LOG: INFO } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm else { return }
    func report(_ name: String, _ span: SourceSpan, _ edit: TextEdit?) {
      findings.add(
        "`\(name)` writes every prompt to the log", at: span, label: "prompts in the log", help: ["remove it"],
        fixIts: context.removing(edit))
    }
    for name in ["LITELLM_LOG", "DEBUG", "DETAILED_DEBUG"] {
      guard let variable = context.environmentValue(name), let value = variable.known,
        name == "LITELLM_LOG" ? value.text.uppercased() == "DEBUG" : value.isTrue
      else { continue }
      report(name, variable.keySpan, context.removal(of: variable))
    }
    if let setting = context.engineSetting("set_verbose"), case .boolean(true) = setting.value {
      report("set_verbose", setting.keySpan, context.removal(of: setting))
    }
  }
}
