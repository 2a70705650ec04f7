/// Rows 32 to 59: identity, secrets, roles, images and scheduling.
extension HardeningCatalog {
  private static let roles: Set = ["Role", "ClusterRole"]
  private static let bindings: Set = ["RoleBinding", "ClusterRoleBinding"]

  /// A check of all rules of all roles.
  private static func rules(
    _ number: Int, _ name: String, where isGood: @escaping @Sendable (ManifestValue) -> Bool
  ) -> HardeningCheck {
    .objects(number, name, "Role", "ClusterRole") { $0["rules"].items.allSatisfy(isGood) }
  }

  private static func texts(_ value: ManifestValue) -> Set<String> { Set(value.items.compactMap(\.text)) }

  private static let secretWords = ["secret", "token", "password", "passwd", "bearer", "api_key", "apikey"]
  private static func isSecretName(_ name: String?) -> Bool {
    let lowered = name?.lowercased() ?? ""
    return secretWords.contains { lowered.contains($0) }
  }

  static let identity: [HardeningCheck] = [
    .set(32, "no token of the API server is mounted") { set in
      let accounts = set.all("ServiceAccount").filter { $0["automountServiceAccountToken"].text != "false" }
      let owners = set.pods.filter { $0.spec["automountServiceAccountToken"].text != "false" }.map(\.owner)
      return (accounts + owners).map(\.identity)
    },
    .pods(33, "not the default ServiceAccount") { pod in
      (pod.spec["serviceAccountName"].text ?? "default") != "default"
    },
    .set(34, "the ServiceAccount is among the objects") { set in
      set.pods.filter { !set.has("ServiceAccount", named: $0.spec["serviceAccountName"].text) }.map(\.owner.identity)
    },
    .nowhere(35, "no deprecated `serviceAccount`", "serviceAccount"),
    .containers(36, "no literal secret in the environment") { container in
      container["env"].items.allSatisfy { !isSecretName($0["name"].text) || !$0["value"].exists }
    },
    .pods(37, "secrets as files, but for an engine that reads its environment") { pod in
      let isExempt = pod.owner.annotations["ignore-check.kube-linter.io/read-secret-from-env-var"].exists
      let reads = pod.containers.contains { $0["env"].mappings.contains { $0["secretKeyRef"].exists } }
      return reads == isExempt && (!isExempt || pod.labels["app.kubernetes.io/name"].text == "litellm")
    },
    .objects(38, "no secret in a ConfigMap", "ConfigMap") { map in
      map["data"].entries.allSatisfy {
        !isSecretName($0.key) && $0.value.text?.contains("PRIVATE KEY-----") != true
      }
    },
    .set(39, "what a pod refers to is made here, or a note says that it is not") { set in
      let made = Set(set.all("ExternalSecret").map { $0["spec"]["target"]["name"].text })
      return set.pods.flatMap { pod -> [String] in
        let maps = pod.spec["volumes"].mappings.map { $0["configMap"]["name"].text }.compactMap(\.self)
        let secrets = pod.spec.mappings.flatMap { [$0["secretKeyRef"]["name"].text, $0["secret"]["name"].text] }
          .compactMap(\.self)
        return maps.filter { !set.has("ConfigMap", named: $0) }
          + secrets.filter { !made.contains($0) && !$0.hasSuffix("-secrets") }
      }
    },
    .objects(40, "a secret comes from its store", "ExternalSecret") { secret, set in
      let store = secret["spec"]["secretStoreRef"]
      let generators = secret["spec"]["dataFrom"].items.map { $0["sourceRef"]["generatorRef"] }
      return store.exists
        ? set.has(store["kind"].text ?? "", named: store["name"].text)
        : !generators.isEmpty && generators.allSatisfy { set.has($0["kind"].text ?? "", named: $0["name"].text) }
    },
    .objects(41, "nobody is cluster-admin", "RoleBinding", "ClusterRoleBinding") {
      $0["roleRef"]["name"].text != "cluster-admin"
    },
    rules(42, "no wildcard in a role") { rule in
      ["apiGroups", "resources", "verbs"].allSatisfy { !texts(rule[$0]).contains("*") }
    },
    rules(43, "no role that leads to more") { rule in
      let dangerous: Set = [
        "secrets", "pods", "pods/exec", "serviceaccounts/token", "validatingwebhookconfigurations",
        "mutatingwebhookconfigurations",
      ]
      return texts(rule["resources"]).isDisjoint(with: dangerous)
        && texts(rule["verbs"]).isDisjoint(with: ["escalate", "bind", "impersonate"])
    },
    .objects(44, "nothing for strangers or masters", "RoleBinding", "ClusterRoleBinding") { binding in
      let groups: Set = ["system:unauthenticated", "system:anonymous", "system:masters"]
      return binding["subjects"].items.allSatisfy { !groups.contains($0["name"].text ?? "") }
    },
  ]

  static let images: [HardeningCheck] = [
    .containers(45, "a fixed tag") { container in
      let image = container["image"].text ?? ""
      let tag = image.split(separator: "@")[0].split(separator: "/").last?.split(separator: ":").dropFirst().last
      return tag != nil && tag != "latest"
    },
    .containers(46, "a digest") { $0["image"].text?.contains("@sha256:") == true },
    .containers(47, "pull policy Always") { $0["imagePullPolicy"].text == "Always" },
    .notApplicable(
      48, "a trusted registry", because: "which registries are trusted is the organisation's policy, not a manifest's"),
    .containers(49, "CPU request and limit") { hasBoth("cpu", $0) },
    .containers(50, "memory request and limit") { hasBoth("memory", $0) },
    .containers(51, "ephemeral storage request and limit") { hasBoth("ephemeral-storage", $0) },
    .notApplicable(
      52, "requests equal limits",
      because: "it forbids bursts of CPU; memory is equal by default, which a test of its own holds"),
    .pods(53, "a priority class, or the exemption") { pod in
      let exemption = pod.owner.annotations["polaris.fairwinds.com/priorityClassNotSet-exempt"].text == "true"
      return pod.spec["priorityClassName"].exists != exemption
    },
    .pods(54, "the restart policy of its kind") { pod in
      let policy = pod.spec["restartPolicy"].text ?? "Always"
      return pod.isJob ? policy == "Never" || policy == "OnFailure" : policy == "Always"
    },
    .notApplicable(55, "node affinity", because: "which nodes there are the spec does not know; an overlay adds it"),
    .pods(56, "dnsConfig ndots 2") { pod in
      pod.spec["dnsConfig"]["options"].items.contains { $0["name"].text == "ndots" && $0["value"].text == "2" }
    },
    .pods(57, "topology spread, well formed") { pod in
      let constraints = pod.spec["topologySpreadConstraints"].items
      return pod.isJob
        || !constraints.isEmpty
          && constraints.allSatisfy {
            $0["maxSkew"].number ?? 0 >= 1 && !$0["labelSelector"]["matchLabels"].isEmpty
              && $0["labelSelector"]["matchLabels"].selects(pod.labels)
          }
    },
    .pods(58, "preferred anti-affinity of hosts") { pod in
      let terms = pod.spec["affinity"]["podAntiAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"].items
        .map { $0["podAffinityTerm"] }
      return pod.isJob
        || terms.contains {
          $0["topologyKey"].text == "kubernetes.io/hostname" && !$0["labelSelector"]["matchLabels"].isEmpty
            && $0["labelSelector"]["matchLabels"].selects(pod.labels)
        }
    },
    .notApplicable(
      59, "LimitRange and ResourceQuota",
      because: "they bound what others put into the namespace, and belong to whoever hands it out"),
  ]

  private static func hasBoth(_ resource: String, _ container: ManifestValue) -> Bool {
    container["resources"]["requests"][resource].exists && container["resources"]["limits"][resource].exists
  }
}
