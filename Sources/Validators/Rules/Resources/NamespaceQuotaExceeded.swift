import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let namespaceQuotaExceeded = Rule(
    5014, "namespace-quota-exceeded", .error,
    summary: "all replicas together need more than the quota of the namespace",
    rationale: """
      A ResourceQuota counts every pod of the namespace. During a rollout one more runs than there are replicas, for a new
      pod starts before an old one stops. Where the sum is above the quota the rollout stands still half way, and the
      autoscaler is refused the pods that it asks for at the peak. Counted is this gateway alone; whatever else lives in
      the namespace comes on top.
      """,
    examples: [
      .flagged(
        """
        engine: { type: litellm, replicas: 4 }
        resources:
          requests: { cpu: 2 }
          limits: { cpu: 2 }
        bounds:
          namespace: { requests: { cpu: ⟦8⟧ } }

        """),
      .flagged(
        """
        autoscaling: { min: 2, max: 10, cpu: 70% }
        bounds:
          namespace: { pods: ⟦10⟧ }

        """),
      .allowed(
        """
        engine: { type: litellm, replicas: 3 }
        resources:
          requests: { cpu: 2 }
          limits: { cpu: 2 }
        bounds:
          namespace: { pods: 4, requests: { cpu: 8 } }

        """),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let replicas = context.mostReplicas, replicas.value < 1_000_000 else {
      return
    }
    let quota = context.spec.bounds.value.namespace.value
    let pods = replicas.value + 1
    let sum = "(\(replicas.value) replicas + 1 during a rollout)"
    let counted = replicas.isWritten ? [Diagnostic.Label(replicas.span, "\(replicas.value) replicas")] : []
    if let most = quota.pods?.known, pods > most, let place = quota.pods {
      findings.add(
        "\(sum) = \(pods) pods > \(most)", at: place.span, label: "all that the namespace may have", related: counted,
        help: ["run at most \(max(1, most - 1)) replicas, or have the quota raised"])
    }
    let resources = context.spec.effectiveResources
    func check(_ bound: Setting<Quantity>?, _ amount: Setting<Quantity>, _ name: String) {
      guard let bound, let most = bound.known, let each = Optional(amount).aboveZero?.known else { return }
      let needed = each * pods
      guard needed > most else { return }
      findings.add(
        "\(sum) x `\(each)` of \(name) = `\(needed)` > `\(most)`", at: bound.span,
        label: "all that the namespace may have",
        related: counted + (amount.isWritten ? [Diagnostic.Label(amount.span, "each replica")] : []),
        help: ["run fewer or smaller replicas, or have the quota raised"])
    }
    check(quota.requests.value.cpu, resources.cpu.request, "requested CPU")
    check(quota.requests.value.memory, resources.memory.request, "requested memory")
    check(quota.limits.value.cpu, resources.cpu.limit, "CPU limits")
    check(quota.limits.value.memory, resources.memory.limit, "memory limits")
  }
}
