import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probePathNotServed = Rule(
    4001, "probe-path-not-served", .error,
    summary: "a probe asks a path that the engine does not serve to GET requests",
    rationale: """
      The kubelet sends `GET` and takes anything but a status from 200 to 399 for a failure. A startup or liveness probe on
      a path that answers 404 or 405 restarts a healthy container for ever; a readiness probe on one keeps every pod out of
      the Service. The paths are checked against the same endpoint table from which the runtime routes, or against
      LiteLLM's own.
      """,
    examples: [
      .flagged("server:\n  probes:\n    liveness: { path: ⟦/healthz⟧ }\n"),
      .flagged("server:\n  probes:\n    readiness: { path: ⟦/v1/chat/completions⟧ }\n"),
      .flagged(
        "server:\n  probes:\n    liveness: { path: ⟦/health/livelines⟧ }\n",
        fixed: "server:\n  probes:\n    liveness: { path: /health/liveliness }\n"),
      .allowed("server:\n  probes:\n    liveness: { path: /health/liveliness }\n"),
    ]
  ) { context, findings in
    for probe in context.spec.resolvedProbes {
      guard let path = probe.path.known, !context.spec.engine.isInvalid, !context.spec.engine.value.type.isInvalid
      else {
        continue
      }
      let served = context.engine.endpoints.endpoints(at: path.text)
      if served.contains(where: { $0.method == .get }) { continue }
      let suggestion = nearestProbePath(to: path.text, for: probe.kind, in: context.engine)
      if let other = served.first {
        findings.add(
          "`\(path)` answers \(other.method.rawValue) requests, not the GET of a \(probe.kind.rawValue) probe",
          at: probe.path.span, label: "no GET here", related: context.engineLabel,
          help: ["write `\(suggestion)`"],
          fixIts: [FixIt("write `\(suggestion)`", .unsafe, replace: probe.path.span, with: suggestion)])
      } else {
        findings.add(
          "no endpoint of \(context.engineName) serves the \(probe.kind.rawValue) probe's path `\(path)`",
          at: probe.path.span, label: "not served", related: context.engineLabel,
          notes: ["it would be answered 404, which the kubelet takes for a failure"],
          help: ["write `\(suggestion)`"],
          fixIts: [FixIt("write `\(suggestion)`", .unsafe, replace: probe.path.span, with: suggestion)])
      }
    }
  }

  /// The open endpoint that was probably meant, else the engine's own for that probe.
  static func nearestProbePath(to path: String, for kind: ProbeKind, in engine: EngineDescriptor) -> String {
    let candidates = engine.endpoints.endpoints
      .filter {
        $0.method == .get && $0.access == .open && $0.purpose == .health && $0.effects.isDisjoint(with: .callsProviders)
      }
      .map(\.path)
    return NameSuggestion.nearest(to: path, among: candidates) ?? engine.probePaths[kind]?.text ?? "/health/liveliness"
  }
}
