/// Rows 60 to 75: replicas, rollouts, disruption and probes.
extension HardeningCatalog {
  private static func autoscaler(of deployment: ManifestValue, in set: ManifestSet) -> ManifestValue? {
    set.all("HorizontalPodAutoscaler").first {
      $0["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
    }
  }

  private static func budget(of deployment: ManifestValue, in set: ManifestSet) -> ManifestValue? {
    set.all("PodDisruptionBudget").first { budget in
      let selector = budget["spec"]["selector"]["matchLabels"]
      return !selector.isEmpty && selector.selects(deployment["spec"]["template"]["metadata"]["labels"])
    }
  }

  private static func isExemptFromReplicas(_ deployment: ManifestValue) -> Bool {
    deployment.annotations["polaris.fairwinds.com/deploymentMissingReplicas-exempt"].text == "true"
  }

  /// A number or a percentage that is not all or nothing.
  private static func isBetween(_ value: ManifestValue, _ forbidden: String...) -> Bool {
    !value.exists || !forbidden.contains(value.text ?? "")
  }

  static let availability: [HardeningCheck] = [
    .objects(60, "two replicas, or the exemption", "Deployment") { deployment, _ in
      deployment["spec"]["replicas"].number ?? 0 >= 2 || isExemptFromReplicas(deployment)
    },
    .objects(61, "no replicas beside an autoscaler, and the exemption", "Deployment") { deployment, set in
      autoscaler(of: deployment, in: set) == nil
        || !deployment["spec"]["replicas"].exists && isExemptFromReplicas(deployment)
    },
    .objects(62, "a rolling update that takes no pod away first", "Deployment") { deployment in
      let strategy = deployment["spec"]["strategy"]
      return strategy["type"].text == "RollingUpdate" && strategy["rollingUpdate"]["maxUnavailable"].number == 0
    },
    .objects(63, "an autoscaler has its target", "HorizontalPodAutoscaler") { autoscaler, set in
      let target = autoscaler["spec"]["scaleTargetRef"]
      return set.has(target["kind"].text ?? "", named: target["name"].text)
    },
    .objects(64, "an autoscaler keeps two", "HorizontalPodAutoscaler") { $0["spec"]["minReplicas"].number ?? 1 >= 2 },
    .objects(65, "an autoscaler has room", "HorizontalPodAutoscaler") {
      $0["spec"]["maxReplicas"].number ?? 0 > $0["spec"]["minReplicas"].number ?? 1
    },
    .objects(66, "a budget where there is more than one pod", "Deployment") { deployment, set in
      deployment["spec"]["replicas"].number == 1 || budget(of: deployment, in: set) != nil
    },
    .objects(67, "a budget says how many", "PodDisruptionBudget") {
      $0["spec"]["minAvailable"].exists != $0["spec"]["maxUnavailable"].exists
    },
    .objects(68, "a budget lets nodes be drained", "PodDisruptionBudget") {
      isBetween($0["spec"]["maxUnavailable"], "0", "0%") && isBetween($0["spec"]["minAvailable"], "100%")
    },
    .objects(69, "a budget is below the fewest replicas", "Deployment") { deployment, set in
      guard let least = budget(of: deployment, in: set)?["spec"]["minAvailable"].number else { return true }
      let fewest = autoscaler(of: deployment, in: set)?["spec"]["minReplicas"] ?? deployment["spec"]["replicas"]
      return least < fewest.number ?? 0
    },
    .objects(70, "an explicit policy for unhealthy pods, where it is known", "PodDisruptionBudget") { budget, set in
      (budget["spec"]["unhealthyPodEvictionPolicy"].text == "AlwaysAllow") == (set.kubernetesMinor >= 27)
    },
    .objects(71, "selectors match the labels of the pods", "Deployment") {
      !$0["spec"]["selector"]["matchLabels"].isEmpty
        && $0["spec"]["selector"]["matchLabels"].selects($0["spec"]["template"]["metadata"]["labels"])
    },
    .pods(72, "all three probes") { pod in
      pod.isJob
        || pod.spec["containers"].items.allSatisfy { container in
          ["startupProbe", "livenessProbe", "readinessProbe"].allSatisfy { container[$0].exists }
        }
    },
    .containers(73, "a probe asks a port of the container") { container in
      let ports = container["ports"].items.flatMap { [$0["name"].text, $0["containerPort"].text] }
      return ["startupProbe", "livenessProbe", "readinessProbe"].allSatisfy { probe in
        !container[probe].exists || ports.contains(container[probe]["httpGet"]["port"].text)
      }
    },
    .containers(74, "readiness is not liveness") { container in
      !container["livenessProbe"].exists
        || container["livenessProbe"]["httpGet"]["path"] != container["readinessProbe"]["httpGet"]["path"]
    },
    .objects(75, "no naked pod, and Jobs are cleared away", "Pod", "Job") {
      $0["kind"].text == "Job" && $0["spec"]["ttlSecondsAfterFinished"].exists
    },
  ]
}
