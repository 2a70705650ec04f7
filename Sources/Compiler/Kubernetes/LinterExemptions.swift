import Emitters
import GatewaySpec
import SourceDiagnostics

/// Annotations that tell a linter why one of its checks does not apply: where two linters ask for opposite things, or the
/// spec or the engine leaves no choice.
extension ManifestContext {
  /// Those of the Deployment.
  var deploymentExemptions: [YAMLValue.Entry] {
    secretsInEnvironment + priority + [fewReplicas, openNetwork].compactMap(\.self)
  }

  /// Those of the Job.
  var jobExemptions: [YAMLValue.Entry] {
    let name = polaris(
      "metadataAndInstanceMismatched", "A Job has a name for each migration; the instance is the gateway.")
    return secretsInEnvironment + priority + [name] + [openNetwork].compactMap(\.self)
  }

  /// Checkov and kube-linter ask for files, LiteLLM reads its environment.
  private var secretsInEnvironment: [YAMLValue.Entry] {
    guard secrets.carriage == .environment, !secrets.items.isEmpty else { return [] }
    let origin = spec.secrets.value.delivery.span
    let reason = "\(engine.displayName) reads these secrets from its environment"
    return [
      .init("checkov.io/skip1", .string("CKV_K8S_35=\(reason)").from(origin)),
      .init("ignore-check.kube-linter.io/read-secret-from-env-var", .string(reason).from(origin)),
    ]
  }

  /// Polaris asks for any priority class, kube-linter takes none but the system's.
  private var priority: [YAMLValue.Entry] {
    guard let priorityClass = spec.engine.value.priorityClass else {
      return [polaris("priorityClassNotSet", "The cluster's default priority holds: the spec names no other.")]
    }
    let reason = YAMLValue.string("the check takes only the system's classes").from(priorityClass.span)
    return [.init("ignore-check.kube-linter.io/priority-class-name", reason)]
  }

  /// Polaris asks for a number of replicas of at least two, kube-score for none beside an autoscaler.
  private var fewReplicas: YAMLValue.Entry? {
    let name = "deploymentMissingReplicas"
    if let autoscaling = spec.autoscaling {
      return polaris(name, "The autoscaler owns the number of replicas.", from: autoscaling.keySpan)
    }
    let replicas = spec.engine.value.replicas
    guard replicas.value < 2 else { return nil }
    return polaris(name, "The spec asks for no more replicas.", from: replicas.span)
  }

  private var openNetwork: YAMLValue.Entry? {
    let policy = spec.network.value.policy
    guard policy.value == .none else { return nil }
    return polaris(
      "missingNetworkPolicy", "The spec leaves connections to the policies of the cluster.", from: policy.span)
  }

  private func polaris(_ check: String, _ reason: String, from origin: SourceSpan? = nil) -> YAMLValue.Entry {
    .init("polaris.fairwinds.com/\(check)-exempt", YAMLValue.string("true").from(origin).commented(reason))
  }
}
