import Emitters
import GatewaySpec
import SourceDiagnostics

extension ManifestKind {
  /// How many pods maintenance may take away: what the spec says, else one where there are two or more. Pods that are not
  /// ready never hold a drain up.
  static let podDisruptionBudget = ManifestKind(single: "pod-disruption-budget.yaml") { gateway in
    guard let origin = gateway.disruptionOrigin else { return nil }
    let disruption = gateway.spec.disruption
    let budget: YAMLValue = [
      "apiVersion": "policy/v1",
      "kind": "PodDisruptionBudget",
      "metadata": gateway.metadata(gateway.name),
      "spec": [
        "maxUnavailable": disruption == nil ? 1 : disruption?.value.maxUnavailable?.yaml,
        "minAvailable": disruption?.value.minAvailable?.yaml,
        "unhealthyPodEvictionPolicy": gateway.knows(.unhealthyPodEvictionPolicy) ? "AlwaysAllow" : nil,
        "selector": ["matchLabels": gateway.selectorLabels],
      ],
    ]
    return budget.from(origin)
  }
}

extension ManifestContext {
  /// What asks for a disruption budget; `nil` where one pod runs and nothing does.
  var disruptionOrigin: SourceSpan? {
    let fewest = spec.autoscaling?.value.min ?? spec.engine.value.replicas
    return spec.disruption?.keySpan ?? (fewest.value >= 2 ? fewest.span : nil)
  }
}
