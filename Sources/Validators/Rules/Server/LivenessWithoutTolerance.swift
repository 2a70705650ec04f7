import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let livenessWithoutTolerance = Rule(
    4018, "liveness-without-tolerance", .warning,
    summary: "one missed answer of the liveness probe restarts the gateway",
    rationale: """
      A pause of the garbage collector, a busy node or one lost packet makes a probe fail. With a threshold of 1 the
      container is restarted at once: every stream that it carries is cut and billed, and the load falls on the other
      replicas, which then miss their probes too. Three failures in a row are Kubernetes' own default.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    liveness: { period: 10s, failureThreshold: ⟦1⟧ }\n",
        fixed: "server:\n  probes:\n    liveness: { period: 10s, failureThreshold: 3 }\n"),
      .allowed("server:\n  probes:\n    liveness: { period: 10s, failureThreshold: 3 }\n"),
      .allowed("server:\n  probes:\n    readiness: { failureThreshold: 1 }\n"),
    ]
  ) { context, findings in
    guard let threshold = context.spec.server.value.probes.value.liveness?.known?.failureThreshold,
      threshold.known == 1
    else { return }
    findings.add(
      "one missed answer restarts the container and cuts its streams", at: threshold.span, label: "no second chance",
      help: ["write `3`"], fixIts: [FixIt("write `3`", .unsafe, replace: threshold.span, with: "3")])
  }
}
