import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probeTimeNotWholeSeconds = Rule(
    4019, "probe-time-not-whole-seconds", .warning,
    summary: "a probe's time is not a whole number of seconds, or is none at all",
    rationale: """
      Kubernetes counts the times of probes in whole seconds, a period and a timeout in at least one
      (`periodSeconds`, `timeoutSeconds`). The compiled manifest has the next whole second, so that the probe waits longer
      than the spec says.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    readiness: { timeout: ⟦500ms⟧ }\n",
        fixed: "server:\n  probes:\n    readiness: { timeout: 1s }\n"),
      .flagged("server:\n  probes:\n    startup: { period: ⟦0s⟧, failureThreshold: 90 }\n", hidden: true),
      .allowed("server:\n  probes:\n    readiness: { initialDelay: 0s, period: 5s, timeout: 1s }\n"),
    ]
  ) { context, findings in
    for probe in context.spec.resolvedProbes {
      let times = [(probe.initialDelay, 0), (probe.period, 1), (probe.timeout, 1)]
      for (time, least) in times where time.isWritten {
        let seconds = max(Int64(least), time.value.secondsRoundedUp)
        guard time.value != .seconds(seconds) else { continue }
        findings.add(
          "the \(probe.kind.rawValue) probe's `\(time.value)` becomes `\(seconds)s`", at: time.span,
          label: "whole seconds only", help: ["write `\(seconds)s`"],
          fixIts: [FixIt("write `\(seconds)s`", .safe, replace: time.span, with: "\(seconds)s")])
      }
    }
  }
}
