import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let autoscalerTargetAboveLimit = Rule(
    5018, "autoscaler-target-above-limit", .warning,
    summary: "the autoscaler aims at a use that no pod can reach",
    rationale: """
      The target is a share of the request, and a container never uses more than its limit. The autoscaler adds replicas
      only when the use is a tenth above the target (its tolerance). Where that lies above the limit, pods are throttled, or
      killed for their memory, and no replica is ever added.
      """,
    examples: [
      .flagged(
        "resources:\n  requests: { cpu: 1 }\n  limits: { cpu: 1 }\nautoscaling: { min: 2, max: 6, cpu: ⟦95%⟧ }\n"),
      .flagged("autoscaling: { min: 2, max: 6, cpu: 70%, memory: ⟦95%⟧ }\n", hidden: true),
      .allowed(
        "resources:\n  requests: { cpu: 1 }\n  limits: { cpu: 1 }\nautoscaling: { min: 2, max: 6, cpu: 80% }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let autoscaling = context.spec.autoscaling?.known else { return }
    let resources = context.spec.effectiveResources
    for (name, target, amounts) in [
      ("CPU", autoscaling.cpu, resources.cpu), ("memory", autoscaling.memory, resources.memory),
    ] {
      guard let target, let share = target.known, let request = Optional(amounts.request).aboveZero?.known,
        let limit = Optional(amounts.limit).aboveZero?.known, limit >= request
      else { continue }
      let percent = (share.percent * 110 + 99) / 100
      let reachable = Int(clamping: Int128(limit.milliValue) * 100 / Int128(request.milliValue))
      guard percent > reachable else { continue }
      findings.add(
        "\(share) + a tenth = \(percent)% of the \(name) request `\(request)`, and the limit `\(limit)` is \(reachable)%",
        at: target.span, label: "never reached",
        related: [amounts.limit, amounts.request].filter(\.isWritten).prefix(1).map {
          Diagnostic.Label($0.span, "the limit ends here")
        },
        help: ["write `\(max(1, reachable * 80 / 100))%`, or a higher limit"])
    }
  }
}
