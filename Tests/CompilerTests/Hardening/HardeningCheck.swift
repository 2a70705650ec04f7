import Testing

/// One row of the merged catalogue of what linters of Kubernetes manifests ask for (kube-linter, kube-score, Polaris, Checkov,
/// Trivy, Kubescape), or the reason for which the row does not concern these manifests.
struct HardeningCheck: Sendable, CustomTestStringConvertible {
  enum Verdict: Sendable {
    /// Gives what is wrong, or nothing.
    case holds(@Sendable (ManifestSet) -> [String])
    case notApplicable(String)
  }

  let number: Int
  let name: String
  let verdict: Verdict
  var testDescription: String { "\(number) \(name)" }

  /// A check of the objects of some kinds.
  static func objects(
    _ number: Int, _ name: String, _ kinds: String..., where isGood: @escaping @Sendable (ManifestValue) -> Bool
  ) -> HardeningCheck {
    set(number, name) { set in
      set.objects.filter { object in
        (kinds.isEmpty || kinds.contains(object["kind"].text ?? "")) && !isGood(object)
      }.map(\.identity)
    }
  }

  /// A check of what an object of some kind has to do with the others.
  static func objects(
    _ number: Int, _ name: String, _ kind: String,
    in isGood: @escaping @Sendable (ManifestValue, ManifestSet) -> Bool
  ) -> HardeningCheck {
    set(number, name) { set in set.all(kind).filter { !isGood($0, set) }.map(\.identity) }
  }

  /// A check of every pod, those of Jobs too.
  static func pods(
    _ number: Int, _ name: String, where isGood: @escaping @Sendable (ManifestSet.Pod) -> Bool
  ) -> HardeningCheck {
    set(number, name) { set in set.pods.filter { !isGood($0) }.map(\.owner.identity) }
  }

  /// A check of every container.
  static func containers(
    _ number: Int, _ name: String, where isGood: @escaping @Sendable (ManifestValue) -> Bool
  ) -> HardeningCheck {
    pods(number, name) { pod in !pod.containers.isEmpty && pod.containers.allSatisfy(isGood) }
  }

  /// A check of the security contexts of every pod and its containers.
  static func securityContexts(
    _ number: Int, _ name: String, where isGood: @escaping @Sendable (ManifestValue) -> Bool
  ) -> HardeningCheck {
    pods(number, name) { pod in
      isGood(pod.spec["securityContext"]) && pod.containers.allSatisfy { isGood($0["securityContext"]) }
    }
  }

  /// A field that stands nowhere in a pod.
  static func nowhere(_ number: Int, _ name: String, _ field: String) -> HardeningCheck {
    pods(number, name) { pod in pod.spec.mappings.allSatisfy { !$0[field].exists || $0[field].text == "false" } }
  }

  static func set(
    _ number: Int, _ name: String, _ problems: @escaping @Sendable (ManifestSet) -> [String]
  ) -> HardeningCheck {
    HardeningCheck(number: number, name: name, verdict: .holds(problems))
  }

  static func notApplicable(_ number: Int, _ name: String, because reason: String) -> HardeningCheck {
    HardeningCheck(number: number, name: name, verdict: .notApplicable(reason))
  }
}

/// The whole catalogue, by number.
enum HardeningCatalog {
  static let checks = containers + isolation + identity + images + availability + exposure
}
