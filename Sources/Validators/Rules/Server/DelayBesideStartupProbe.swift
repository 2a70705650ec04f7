import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let delayBesideStartupProbe = Rule(
    4020, "delay-beside-startup-probe", .note,
    summary: "a fixed delay stands beside the startup probe that replaces it",
    rationale: """
      The compiled Deployment always has a startup probe, which holds the other probes back until the gateway has answered
      once, however long that takes. A fixed delay is counted from the start of the container as well: where the start is
      faster the pod is watched, or takes requests, later than it could, and where it is slower the delay changes nothing.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    liveness: { ⟦initialDelay⟧: 40s, period: 30s }\n    readiness: { initialDelay: 10s }\n",
        fixed: "server:\n  probes:\n    liveness: { period: 30s }\n    readiness: {}\n"),
      .allowed("server:\n  probes:\n    startup: { initialDelay: 5s }\n    liveness: { period: 30s }\n"),
    ]
  ) { context, findings in
    let delays = context.spec.resolvedProbes.compactMap { probe in
      probe.kind != .startup && probe.initialDelay.isWritten && probe.initialDelay.value > .zero
        ? probe.initialDelay : nil
    }
    guard let first = delays.first else { return }
    let edits = delays.compactMap { context.removal(of: $0) }
    findings.add(
      "the startup probe already holds this probe back", at: first.keySpan, label: "adds nothing to it",
      related: delays.dropFirst().map { Diagnostic.Label($0.keySpan, "nor does this one") },
      help: ["remove it; if the start takes long, write `startup: { period: 10s, failureThreshold: 30 }`"],
      fixIts: edits.isEmpty ? [] : [FixIt("remove it", .unsafe, edits: edits)])
  }
}
