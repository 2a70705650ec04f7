import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probeTimeoutNotBelowPeriod = Rule(
    4006, "probe-timeout-not-below-period", .warning,
    summary: "a probe waits for an answer as long as it waits between questions, or longer",
    rationale: """
      The kubelet asks again only when the last question is answered or has timed out. With a timeout of a period or more
      a slow gateway is asked less often than the spec says, and the time until a failure acts is no longer period times
      threshold.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    readiness: { period: 5s, timeout: ⟦5s⟧ }\n",
        fixed: "server:\n  probes:\n    readiness: { period: 5s, timeout: 2s }\n"),
      .flagged("server:\n  probes:\n    liveness: { period: ⟦2s⟧ }\n"),
      .allowed("server:\n  probes:\n    readiness: { period: 5s, timeout: 3s }\n"),
    ]
  ) { context, findings in
    for probe in context.spec.resolvedProbes {
      guard let timeout = probe.timeout.known, let period = probe.period.known, timeout >= period,
        probe.timeout.isWritten || probe.period.isWritten, timeout.isWholeSeconds, period.isWholeSeconds,
        period > .zero, timeout > .zero
      else { continue }
      let half = SpecDuration.seconds(period.milliseconds / 2000)
      let byDefault = probe.timeout.isWritten ? "" : ", the default,"
      let place = probe.timeout.isWritten ? probe.timeout.span : probe.period.span
      let other =
        probe.timeout.isWritten && probe.period.isWritten ? [Diagnostic.Label(probe.period.span, "the period")] : []
      findings.add(
        "the \(probe.kind.rawValue) probe's timeout \(timeout)\(byDefault) is not below its period \(period)",
        at: place,
        label: probe.timeout.isWritten ? "not below \(period)" : "not above \(timeout)", related: other,
        help: [
          probe.timeout.isWritten
            ? "write a timeout below `\(period)`" : "write a period above `\(timeout)`, or a shorter timeout"
        ],
        fixIts: probe.timeout.isWritten && half > .zero
          ? [FixIt("write `\(half)`", .unsafe, replace: probe.timeout.span, with: "\(half)")] : [])
    }
  }
}
