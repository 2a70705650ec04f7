import Emitters
import GatewaySpec

extension ManifestKind {
  /// How many pods maintenance may take away: what the spec says, else one where there are two or more. Pods that are not
  /// ready never hold a drain up.
  static let podDisruptionBudget = ManifestKind(single: "pod-disruption-budget.yaml") { gateway in
    let disruption = gateway.spec.disruption
    let fewest = gateway.spec.autoscaling?.value.min ?? gateway.spec.engine.value.replicas
    guard disruption != nil || fewest.value >= 2 else { return nil }
    let origin = disruption?.keySpan ?? fewest.span
    let isPolicyKnown = gateway.kubernetesVersion >= KubernetesVersion(1, 27)
    let budget: YAMLValue = [
      "apiVersion": "policy/v1",
      "kind": "PodDisruptionBudget",
      "metadata": gateway.metadata(gateway.name),
      "spec": [
        "maxUnavailable": disruption == nil ? 1 : disruption?.value.maxUnavailable?.yaml,
        "minAvailable": disruption?.value.minAvailable?.yaml,
        "unhealthyPodEvictionPolicy": isPolicyKnown ? "AlwaysAllow" : nil,
        "selector": ["matchLabels": gateway.selectorLabels],
      ],
    ]
    return budget.from(origin)
  }
}
