import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let settingSetTwice = Rule(
    8010, "setting-set-twice", .warning,
    summary: "a setting of LiteLLM is compiled from another section of the spec",
    rationale: """
      Retries, timeouts, keys and the database have sections of their own, against which the ingress, the probes and the
      grace period are checked. A second value under `engine.settings` would win or lose depending on the section of
      LiteLLM's file that it lands in; it is left out of what is compiled.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, settings: { drop_params: true, ⟦num_retries⟧: 5 } }\nrouting: { retries: 3 }\n",
        fixed: "engine: { type: litellm, settings: { drop_params: true } }\nrouting: { retries: 3 }\n"),
      .flagged("engine: { type: litellm, settings: { ⟦request_timeout⟧: 300 } }\n"),
      .allowed("engine: { type: litellm, settings: { stream_timeout: 60 } }\nrouting: { retries: 3 }\n"),
    ]
  ) { context, findings in
    for (key, value) in context.litellmSettings {
      guard let section = LiteLLMSetting.decidedElsewhere[key] else { continue }
      findings.add(
        "`\(key)` is compiled from `\(section)`", at: value.keySpan, label: "left out", related: context.engineLabel,
        help: ["remove it and write `\(section)`"], fixIts: context.removing(context.removal(of: value)))
    }
  }
}
