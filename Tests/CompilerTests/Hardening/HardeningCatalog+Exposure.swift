/// Rows 76 to 91: network, exposure and metadata.
extension HardeningCatalog {
  private static func matches(_ text: String?, _ isGood: (Character) -> Bool, upTo length: Int) -> Bool {
    guard let text, !text.isEmpty, text.count <= length, text.allSatisfy(isGood) else { return false }
    return [text.first, text.last].allSatisfy { $0?.isLetter == true || $0?.isNumber == true }
  }

  private static let clusterWide: Set = ["Namespace", "ClusterSecretStore", "ClusterRole", "ClusterRoleBinding"]
  /// What has no label on purpose is nothing: these stand on every object.
  private static let commonLabels = ["name", "instance", "version", "part-of", "managed-by"]
  private static let servedVersions: Set = [
    "v1", "apps/v1", "batch/v1", "autoscaling/v2", "policy/v1", "networking.k8s.io/v1", "gateway.networking.k8s.io/v1",
    "cert-manager.io/v1", "monitoring.coreos.com/v1", "external-secrets.io/v1", "traefik.io/v1alpha1",
    "generators.external-secrets.io/v1alpha1",
  ]

  static let exposure: [HardeningCheck] = [
    .set(76, "a policy for what comes in and what goes out, or the exemption") { set in
      set.pods.filter { pod in
        let policies = set.all("NetworkPolicy").map { $0["spec"] }.filter { policy in
          // Polaris takes a selector that repeats two labels of the pod for none.
          policy["podSelector"]["matchLabels"].entries.count == 1
            && policy["podSelector"]["matchLabels"].selects(pod.labels)
        }
        let isClosed = policies.contains { policy in
          Set(policy["policyTypes"].items.compactMap(\.text)) == ["Ingress", "Egress"]
            && !policy["ingress"].items.isEmpty && !policy["egress"].items.isEmpty
        }
        return isClosed == pod.owner.annotations["polaris.fairwinds.com/missingNetworkPolicy-exempt"].exists
      }.map(\.owner.identity)
    },
    .objects(77, "a policy selects pods and names its peers", "NetworkPolicy") { policy, set in
      let spec = policy["spec"]
      let peers =
        spec["ingress"].items.map { $0["from"].items } + spec["egress"].items.map { $0["to"].items }
      return set.pods.contains { spec["podSelector"]["matchLabels"].selects($0.labels) }
        && peers.allSatisfy { peers in
          !peers.isEmpty
            && peers.allSatisfy { $0["ipBlock"].exists || $0["namespaceSelector"].exists || $0["podSelector"].exists }
        }
    },
    .objects(78, "a Service selects pods and stays inside", "Service") { service, set in
      let spec = service["spec"]
      return !spec["selector"].isEmpty && set.pods.contains { spec["selector"].selects($0.labels) }
        && spec["type"].text == "ClusterIP" && !spec["externalIPs"].exists
    },
    .objects(79, "an Ingress has its Service", "Ingress") { ingress, set in
      ingress.mappings.map { $0["service"] }.filter(\.exists).allSatisfy { backend in
        set.all("Service").contains { service in
          service["metadata"]["name"] == backend["name"]
            && service["spec"]["ports"].items.contains { $0["name"] == backend["port"]["name"] }
        }
      }
    },
    .objects(80, "an Ingress has TLS", "Ingress") { ingress in
      let covered = ingress["spec"]["tls"].items.flatMap { $0["hosts"].items }
      return !covered.isEmpty && ingress["spec"]["rules"].items.allSatisfy { covered.contains($0["host"]) }
    },
    .objects(81, "no snippets and no other risky annotation of ingress-nginx", "Ingress") { ingress in
      ingress.annotations.entries.allSatisfy {
        !$0.key.hasSuffix("-snippet") && !$0.key.hasSuffix("/auth-tls-match-cn")
      }
    },
    .objects(82, "a ServiceMonitor finds its Service", "ServiceMonitor") { monitor, set in
      set.all("Service").contains { service in
        let selector = monitor["spec"]["selector"]["matchLabels"]
        return !selector.isEmpty && selector.selects(service["metadata"]["labels"])
          && monitor["spec"]["endpoints"].items.allSatisfy { endpoint in
            service["spec"]["ports"].items.contains { $0["name"] == endpoint["port"] }
          }
      }
    },
    .containers(83, "valid names of ports") { container in
      container["ports"].items.allSatisfy {
        matches($0["name"].text, { $0.isLowercase || $0.isNumber || $0 == "-" }, upTo: 15)
      }
    },
    .containers(84, "no variable twice") { container in
      let names = container["env"].items.map { $0["name"].text }
      return Set(names).count == names.count
    },
    .objects(85, "valid values of labels") { object in
      object.mappings.flatMap { $0["labels"].entries }
        .allSatisfy {
          matches($0.value.text, { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }, upTo: 63)
        }
    },
    .objects(86, "a namespace of its own") { object in
      let namespace = clusterWide.contains(object["kind"].text ?? "") ? "-" : object["metadata"]["namespace"].text
      return ![nil, "default", "kube-system", "kube-public"].contains(namespace)
    },
    .pods(87, "the instance is the name of the object, or the exemption") { pod in
      let metadata = pod.owner["metadata"]
      return (metadata["labels"]["app.kubernetes.io/instance"] == metadata["name"])
        != pod.owner.annotations["polaris.fairwinds.com/metadataAndInstanceMismatched-exempt"].exists
    },
    .objects(88, "the common labels") { object in
      commonLabels.allSatisfy { object["metadata"]["labels"]["app.kubernetes.io/\($0)"].exists }
    },
    .set(89, "served versions of APIs") { set in
      set.objects.filter { object in
        let version = object["apiVersion"].text ?? ""
        // External Secrets Operator before 0.16 serves nothing newer.
        return !servedVersions.contains(version)
          && !(version == "external-secrets.io/v1beta1" && set.kubernetesMinor < 27)
      }.map(\.identity)
    },
    .notApplicable(90, "sorted keys", because: "manifests are written in the order in which people read them"),
    .notApplicable(91, "valid against the schemas", because: "Schemas checks it, on every release"),
  ]
}
