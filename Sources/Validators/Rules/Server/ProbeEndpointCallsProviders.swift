import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probeEndpointCallsProviders = Rule(
    4003, "probe-endpoint-calls-providers", .error,
    summary: "a probe asks an endpoint that calls every model",
    rationale: """
      LiteLLM's `/health` sends a real request to each deployment: every few seconds, from every replica, billed. It takes
      seconds to answer, fails when any provider has a bad minute, and wants a key that the kubelet does not send. An
      outage at a provider would restart the whole gateway.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    liveness: { path: ⟦/health⟧ }\n",
        fixed: "server:\n  probes:\n    liveness: { path: /health/liveliness }\n"),
      .allowed("server:\n  probes:\n    liveness: { path: /health/liveness }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil else { return }
    for probe in context.spec.resolvedProbes {
      guard let path = probe.path.known, let endpoint = context.engine.endpoints.endpoint(.get, at: path.text),
        endpoint.effects.contains(.callsProviders)
      else { continue }
      let suggestion = context.engine.probePaths[probe.kind]?.text ?? "/health/liveliness"
      findings.add(
        "the \(probe.kind.rawValue) probe asks `\(path)`, which calls every model", at: probe.path.span,
        label: "billed each time", related: context.engineLabel, notes: ["`GET \(path)`: \(endpoint.summary)"],
        help: ["write `\(suggestion)`"],
        fixIts: [FixIt("write `\(suggestion)`", .unsafe, replace: probe.path.span, with: suggestion)])
    }
  }
}
