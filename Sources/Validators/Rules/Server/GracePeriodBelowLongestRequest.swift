import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let gracePeriodBelowLongestRequest = Rule(
    4008, "grace-period-below-longest-request", .warning,
    summary: "pods are killed before a target's answer can have arrived",
    rationale: """
      At every rollout, node drain and scale-down a pod is told to stop and killed when the grace period ends. A request
      that a target may still answer within `routing.timeout` is then cut off, with the tokens billed and the client left
      with half a stream. Compared is the time of one target, not `requestTimeout`: to wait for the longest imaginable
      stream would hold up every node drain. Judged only where one of the two is written.
      """,
    examples: [
      .flagged(
        "server: { shutdownGracePeriod: ⟦30s⟧ }\nrouting: { timeout: 120s }\n",
        fixed: "server: { shutdownGracePeriod: 2m30s }\nrouting: { timeout: 120s }\n"),
      .flagged("routing: { timeout: ⟦5m⟧ }\n"),
      .allowed("server: { shutdownGracePeriod: 150s }\nrouting: { timeout: 120s }\n"),
    ]
  ) { context, findings in
    let grace = context.spec.server.value.shutdownGracePeriod
    let timeout = context.spec.routing.value.timeout
    guard grace.isWritten || timeout.isWritten, let graceTime = grace.known, let longest = timeout.known,
      graceTime < longest
    else { return }
    let byDefault = grace.isWritten ? "" : ", the default,"
    findings.add(
      "pods are killed after \(graceTime)\(byDefault) and a target may take \(longest)",
      at: grace.isWritten ? grace.span : timeout.span,
      label: grace.isWritten ? "shorter than one request" : "longer than the grace period",
      related: grace.isWritten && timeout.isWritten
        ? [Diagnostic.Label(timeout.span, "how long one target may take")] : [],
      help: ["write `shutdownGracePeriod: \(longest + .seconds(30))` under `server`"],
      fixIts: grace.isWritten
        ? [
          FixIt(
            "write `\(longest + .seconds(30))`", .unsafe, replace: grace.span, with: "\(longest + .seconds(30))")
        ] : [])
  }
}
