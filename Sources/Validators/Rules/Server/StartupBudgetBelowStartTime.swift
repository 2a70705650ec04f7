import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let startupBudgetBelowStartTime = Rule(
    4005, "startup-budget-below-start-time", .warning,
    summary: "the startup probe gives up before the engine can have started",
    rationale: """
      The container is killed when the startup probe has failed `failureThreshold` times. If that is sooner than the engine
      needs on a busy node, it is killed in the middle of its start, again and again, and the delays grow (CrashLoopBackOff).
      The start time is what the catalogue knows of the engine, measured on a small machine; three times as much is a good
      budget, and a large one costs nothing, for the probe ends with its first success.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    startup: { period: 10s, failureThreshold: ⟦3⟧ }\n",
        fixed: "server:\n  probes:\n    startup: { period: 10s, failureThreshold: 18 }\n"),
      .flagged("server:\n  probes:\n    startup: { period: ⟦1s⟧, failureThreshold: 30 }\n", hidden: true),
      .allowed("server:\n  probes:\n    startup: { period: 10s, failureThreshold: 30 }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let probe = context.spec.resolvedProbes.first(where: { $0.kind == .startup }),
      let delay = probe.initialDelay.known, let period = probe.period.known, let failures = probe.failureThreshold.known
    else { return }
    let budget = delay + period * failures
    let startTime = context.engine.startTime
    guard period > .zero, budget < startTime else { return }
    let needed = (startTime.milliseconds * 3 + period.milliseconds - 1) / period.milliseconds
    // A count that is large already is not the part to change.
    let isPeriod = probe.period.isWritten && (failures >= 30 || !probe.failureThreshold.isWritten)
    let sum = (delay > .zero ? "\(delay) + " : "") + "\(period) x \(failures)"
    findings.add(
      "the startup probe gives up after \(sum) = \(budget), and \(context.engine.displayName) starts in \(startTime)",
      at: isPeriod ? probe.period.span : probe.failureThreshold.span, label: "too soon", related: context.engineLabel,
      help: [isPeriod ? "write a longer `period`, such as `10s`" : "write `failureThreshold: \(needed)`"],
      fixIts: isPeriod
        ? [FixIt("write `10s`", .unsafe, replace: probe.period.span, with: "10s")]
        : probe.failureThreshold.isWritten
          ? [FixIt("write `\(needed)`", .unsafe, replace: probe.failureThreshold.span, with: "\(needed)")] : [])
  }
}
