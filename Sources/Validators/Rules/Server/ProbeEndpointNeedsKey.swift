import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probeEndpointNeedsKey = Rule(
    4002, "probe-endpoint-needs-key", .error,
    summary: "a probe asks an endpoint that wants a key",
    rationale: """
      The kubelet sends no key. The endpoint answers 401, which counts as a failure: a liveness or startup probe restarts
      healthy containers, a readiness probe keeps every pod out of the Service. Writing the key into the probe would put
      it into the Deployment in plain text; the engines have open endpoints for probes.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    readiness: { path: ⟦/health/readiness/details⟧ }\n",
        fixed: "server:\n  probes:\n    readiness: { path: /health/readiness }\n"),
      .flagged("server:\n  probes:\n    liveness: { path: ⟦/v1/models⟧ }\n", base: .sluice),
      .allowed("server:\n  probes:\n    readiness: { path: /health/readiness }\n"),
    ]
  ) { context, findings in
    guard let engine = context.knownEngine else { return }
    let auth = context.spec.auth.value
    // Without any key our own runtime asks nobody for one; LiteLLM does not start without a master key.
    if context.spec.auth.isInvalid || (engine == .sluice && auth.masterKey == nil && auth.keys.value.isEmpty) { return }
    for probe in context.spec.resolvedProbes {
      guard let path = probe.path.known, let endpoint = context.engine.endpoints.endpoint(.get, at: path.text),
        endpoint.access != .open, !endpoint.effects.contains(.callsProviders)
      else { continue }
      let suggestion = nearestProbePath(to: path.text, for: probe.kind, in: context.engine)
      findings.add(
        "the \(probe.kind.rawValue) probe asks `\(path)`, which wants a key", at: probe.path.span,
        label: "answers 401 without one", related: context.engineLabel, notes: ["the kubelet sends no key"],
        help: ["write `\(suggestion)`"],
        fixIts: [FixIt("write `\(suggestion)`", .unsafe, replace: probe.path.span, with: suggestion)])
    }
  }
}
