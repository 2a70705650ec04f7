import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let autoscalerWithoutRequest = Rule(
    5013, "autoscaler-without-request", .error,
    summary: "the autoscaler aims at a share of a request that is zero",
    rationale: """
      A HorizontalPodAutoscaler compares what pods use with what they request. With no request there is nothing to compare:
      it reports `FailedGetResourceMetric` and never changes the number of replicas, so that the least of them carry the
      peak.
      """,
    examples: [
      .flagged(
        "resources:\n  requests: { cpu: ⟦0⟧ }\nautoscaling: { min: 2, max: 6, cpu: 70% }\n",
        fixed: "resources:\n  requests: {}\nautoscaling: { min: 2, max: 6, cpu: 70% }\n"),
      .allowed("resources:\n  requests: { cpu: 500m }\nautoscaling: { min: 2, max: 6, cpu: 70% }\n"),
    ]
  ) { context, findings in
    guard let autoscaling = context.spec.autoscaling?.known else { return }
    let requests = context.spec.resources.value.requests.value
    for (name, target, request) in [
      ("CPU", autoscaling.cpu, requests.cpu), ("memory", autoscaling.memory, requests.memory),
    ] {
      guard let target, let share = target.known, let request, request.known?.isZero == true else { continue }
      findings.add(
        "the autoscaler aims at \(share) of a \(name) request of 0", at: request.span, label: "nothing to compare with",
        related: [Diagnostic.Label(target.span, "it aims at this share")],
        help: ["write what one replica needs, or remove it: the engine's own holds then"],
        fixIts: context.removing(context.removal(of: request)))
    }
  }
}
