import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let metricsWithoutKey = Rule(
    4031, "metrics-without-key", .warning,
    summary: "anybody who reaches the gateway may read its metrics",
    rationale: """
      LiteLLM's metrics name every key, team and model with what it spends: enough to see who works on what. `/metrics`
      asks for a key by default, and the compiled ServiceMonitor brings one, so that Prometheus needs no exception.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, settings: { drop_params: true, require_auth_for_metrics_endpoint: ⟦false⟧ } }\n",
        fixed: "engine: { type: litellm, settings: { drop_params: true } }\n"),
      .allowed("engine: { type: litellm, settings: { require_auth_for_metrics_endpoint: true } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm, let setting = context.engineSetting("require_auth_for_metrics_endpoint"),
      case .boolean(false) = setting.value
    else { return }
    findings.add(
      "anybody who reaches the gateway may read what every key spends", at: setting.span, label: "no key is asked for",
      help: ["remove it"], fixIts: context.removing(context.removal(of: setting)))
  }
}
