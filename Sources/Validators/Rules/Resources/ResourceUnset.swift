import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let resourceUnset = Rule(
    5011, "resource-unset", .error,
    summary: "a resource request or limit is zero or less, which leaves the container without one",
    rationale: """
      Kubernetes takes a request of 0 for none: the scheduler puts the pod on a node that is full, and it is the first to be
      evicted. A limit of 0 limits nothing. Amounts below zero are refused. An amount that is left out in the spec is the
      engine's own, so that there is always one.
      """,
    examples: [
      .flagged(
        "resources:\n  requests: { cpu: ⟦0⟧, memory: 1Gi }\n", fixed: "resources:\n  requests: { memory: 1Gi }\n"),
      .flagged("resources:\n  limits: { memory: ⟦\"0\"⟧ }\n", hidden: true),
      .flagged("resources:\n  limits: { cpu: ⟦-1⟧ }\n", hidden: true),
      .allowed("resources:\n  requests: { memory: 1Gi }\n"),
    ]
  ) { context, findings in
    let resources = context.spec.resources.value
    let autoscaling = context.spec.autoscaling?.known
    func check(_ amount: Setting<Quantity>?, _ name: String, isAimedAt: Bool = false) {
      // GW5013 says more where an autoscaler needs the request.
      guard let amount, let value = amount.known, value.isZero || value.isNegative, !(isAimedAt && value.isZero) else {
        return
      }
      findings.add(
        "the \(name) is `\(value)`", at: amount.span, label: value.isZero ? "stands for none" : "below zero",
        help: ["write an amount, or remove it: the engine's own holds then"],
        fixIts: context.removing(context.removal(of: amount)))
    }
    let (requests, limits) = (resources.requests.value, resources.limits.value)
    check(requests.cpu, "CPU request", isAimedAt: autoscaling?.cpu != nil)
    check(requests.memory, "memory request", isAimedAt: autoscaling?.memory != nil)
    check(requests.ephemeralStorage, "ephemeral storage request")
    check(limits.cpu, "CPU limit")
    check(limits.memory, "memory limit")
    check(limits.ephemeralStorage, "ephemeral storage limit")
  }
}

extension Optional<Setting<Quantity>> {
  /// The amount, unless it is zero or less: resource-unset has said then that it is none.
  var aboveZero: Setting<Quantity>? { flatMap { $0.value.isZero || $0.value.isNegative ? nil : $0 } }
  /// The amount in bytes, unless it is none or a part of one: fractional-bytes has said then that another unit was meant.
  var wholeBytes: Setting<Quantity>? { aboveZero.flatMap { $0.value.isWhole ? $0 : nil } }
}
