/// A field of a manifest that only newer releases of Kubernetes act on without being asked to; it is left out for older ones.
public enum KubernetesField: String, CaseIterable, Sendable {
  case unhealthyPodEvictionPolicy
  case matchLabelKeys
  case sleep

  /// The first release in which it works by default (feature gates PDBUnhealthyPodEvictionPolicy,
  /// MatchLabelKeysInPodTopologySpread, PodLifecycleSleepAction).
  public var since: KubernetesVersion {
    switch self {
    case .unhealthyPodEvictionPolicy, .matchLabelKeys: KubernetesVersion(1, 27)
    case .sleep: KubernetesVersion(1, 30)
    }
  }

  /// Where it stands.
  public var place: String {
    switch self {
    case .unhealthyPodEvictionPolicy: "the PodDisruptionBudget"
    case .matchLabelKeys: "the topology spread"
    case .sleep: "`lifecycle.preStop`"
    }
  }

  /// What holds without it.
  public var consequence: String {
    switch self {
    case .unhealthyPodEvictionPolicy: "a pod that is not ready can hold up the drain of a node"
    case .matchLabelKeys: "during a rollout the pods of the old and of the new revision are spread together"
    case .sleep: "a pod that is told to stop may still be sent requests for a moment"
    }
  }
}
