import Emitters
import GatewaySpec

extension ManifestKind {
  /// Replicas by load.
  static let horizontalPodAutoscaler = ManifestKind(single: "horizontal-pod-autoscaler.yaml") { gateway in
    guard let autoscaling = gateway.spec.autoscaling else { return nil }
    let metrics = [("cpu", autoscaling.value.cpu), ("memory", autoscaling.value.memory)]
      .compactMap { name, target in
        target.map { target -> YAMLValue in
          let utilization: YAMLValue = ["type": "Utilization", "averageUtilization": target.yaml]
          let metric: YAMLValue = ["type": "Resource", "resource": ["name": .string(name), "target": utilization]]
          return metric.from(target.span)
        }
      }
    let spec: YAMLValue = [
      "scaleTargetRef": ["apiVersion": "apps/v1", "kind": "Deployment", "name": .string(gateway.name)],
      "minReplicas": autoscaling.value.min.yaml,
      "maxReplicas": autoscaling.value.max.yaml,
      "metrics": .sequence(metrics),
      "behavior": ["scaleDown": ["stabilizationWindowSeconds": 300]],
    ]
    let autoscaler: YAMLValue = [
      "apiVersion": "autoscaling/v2",
      "kind": "HorizontalPodAutoscaler",
      "metadata": gateway.metadata(gateway.name),
      "spec": spec,
    ]
    return autoscaler.from(autoscaling.keySpan)
  }
}
