public import SourceDiagnostics

/// A kind of object that manifests use and that not every release of its server knows.
public struct ServedAPI: Sendable {
  /// The release that serves it first.
  public enum FirstRelease: Sendable {
    /// A release of Kubernetes (deprecation guide of the Kubernetes API).
    case kubernetes(KubernetesVersion)
    /// A release of External Secrets Operator.
    case externalSecrets(EngineVersion)
  }

  /// The kind.
  public let kind: String
  /// Group and version.
  public let apiVersion: String
  /// The first release that serves it.
  public let since: FirstRelease

  init(_ kind: String, _ apiVersion: String, since: FirstRelease) {
    self.kind = kind
    self.apiVersion = apiVersion
    self.since = since
  }

  static let ingress = ServedAPI("Ingress", "networking.k8s.io/v1", since: .kubernetes(KubernetesVersion(1, 19)))
  static let podDisruptionBudget = ServedAPI(
    "PodDisruptionBudget", "policy/v1", since: .kubernetes(KubernetesVersion(1, 21)))
  static let horizontalPodAutoscaler = ServedAPI(
    "HorizontalPodAutoscaler", "autoscaling/v2", since: .kubernetes(KubernetesVersion(1, 23)))
  static let externalSecret = ServedAPI(
    "ExternalSecret", "external-secrets.io/v1beta1", since: .externalSecrets(EngineVersion(constant: "0.5.0")))
  static let vaultDynamicSecret = ServedAPI(
    "VaultDynamicSecret", "generators.external-secrets.io/v1alpha1",
    since: .externalSecrets(EngineVersion(constant: "0.8.1")))
}

extension GatewaySpec {
  /// The kinds that this spec calls for and that not every release serves, each with the place that asks for it.
  public var versionedAPIs: [(api: ServedAPI, origin: SourceSpan)] {
    var uses: [(ServedAPI, SourceSpan)] = []
    if let ingress = ingress?.known, ingress.controller.known != .gatewayAPI {
      uses.append((.ingress, ingress.host.span))
    }
    if let disruption { uses.append((.podDisruptionBudget, disruption.keySpan)) }
    if let autoscaling { uses.append((.horizontalPodAutoscaler, autoscaling.keySpan)) }
    let secrets = secrets.value
    if secrets.delivery.known == .externalSecrets {
      uses.append((.externalSecret, secrets.delivery.span))
      let dynamic = secrets.entries.value.first { entry in
        guard let path = entry.value.vault?.known, let location = vault?.known?.locate(path) else { return false }
        return location.mount.value.engine.known == .database
      }
      if let place = dynamic?.value.vault?.span { uses.append((.vaultDynamicSecret, place)) }
    }
    return uses
  }

  /// The version under which the release of External Secrets Operator in the cluster serves stores and ExternalSecrets: `v1`
  /// since 0.16.0, before that `v1beta1`, which 0.17.0 serves no more.
  public var externalSecretsAPIVersion: String {
    let isGenerallyAvailable = cluster.value.externalSecretsVersion.value >= EngineVersion(constant: "0.16.0")
    return isGenerallyAvailable ? "external-secrets.io/v1" : "external-secrets.io/v1beta1"
  }
}
