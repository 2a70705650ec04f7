import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probeThresholdInvalid = Rule(
    4014, "probe-threshold-invalid", .error,
    summary: "a startup or liveness probe asks for more than one success",
    rationale: """
      The API server refuses a `successThreshold` other than 1 for startup and liveness probes; only readiness may ask for
      several successes in a row (Kubernetes API reference, Probe).
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    liveness: { successThreshold: ⟦2⟧ }\n",
        fixed: "server:\n  probes:\n    liveness: { successThreshold: 1 }\n"),
      .allowed("server:\n  probes:\n    readiness: { successThreshold: 2 }\n"),
    ]
  ) { context, findings in
    for probe in context.spec.resolvedProbes where probe.kind != .readiness {
      guard let threshold = probe.successThreshold.known, threshold != 1 else { continue }
      findings.add(
        "the \(probe.kind.rawValue) probe asks for \(threshold) successes", at: probe.successThreshold.span,
        label: "must be 1", help: ["write `1`"],
        fixIts: [FixIt("write `1`", .safe, replace: probe.successThreshold.span, with: "1")])
    }
  }
}
