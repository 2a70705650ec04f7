/// An object that is compiled for Kubernetes, with the API version in which it is written and the release that first serves
/// it (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).
public struct CompiledAPI: Sendable {
  /// The kind of object.
  public let kind: String
  /// The group and version in which it is written.
  public let version: String
  /// The first release of Kubernetes that serves it.
  public let served: KubernetesVersion
  /// Whether a spec has such an object.
  public let isCompiled: @Sendable (GatewaySpec) -> Bool

  private init(
    _ kind: String, _ version: String, since served: KubernetesVersion,
    where isCompiled: @escaping @Sendable (GatewaySpec) -> Bool
  ) {
    self.kind = kind
    self.version = version
    self.served = served
    self.isCompiled = isCompiled
  }

  /// The objects whose version is younger than the oldest cluster that somebody may still run.
  public static let ofKubernetes = [
    CompiledAPI("Ingress", "networking.k8s.io/v1", since: KubernetesVersion(1, 19)) {
      $0.ingress.map { $0.value.controller.value != .gatewayAPI } ?? false
    },
    CompiledAPI("PodDisruptionBudget", "policy/v1", since: KubernetesVersion(1, 21)) { spec in
      spec.disruption != nil || (spec.autoscaling?.value.min ?? spec.engine.value.replicas).value >= 2
    },
    CompiledAPI("HorizontalPodAutoscaler", "autoscaling/v2", since: KubernetesVersion(1, 23)) { $0.autoscaling != nil },
  ]

  /// The first release of External Secrets Operator that serves `external-secrets.io/v1`.
  public static let externalSecrets = EngineVersion(constant: "0.16.0")

  /// The oldest Kubernetes that serves all that is compiled for a spec.
  public static func oldestKubernetes(for spec: GatewaySpec) -> KubernetesVersion {
    ofKubernetes.filter { $0.isCompiled(spec) }.map(\.served).max() ?? KubernetesVersion(1, 19)
  }
}
