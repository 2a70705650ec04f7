import Emitters
import GatewaySpec

extension ManifestKind {
  /// The namespace, with Pod Security set to `restricted` so that nothing weaker than our pods gets in.
  static let namespace = ManifestKind(single: "namespace.yaml") { gateway in
    let version: YAMLValue = .string("v\(gateway.kubernetesVersion)").from(
      gateway.spec.cluster.value.kubernetesVersion.span)
    let podSecurity: [YAMLValue.Entry] = ["enforce", "audit", "warn"].flatMap { mode in
      [
        .init("pod-security.kubernetes.io/\(mode)", "restricted"),
        .init("pod-security.kubernetes.io/\(mode)-version", version),
      ]
    }
    let namespace: YAMLValue = [
      "apiVersion": "v1",
      "kind": "Namespace",
      "metadata": [
        "name": gateway.spec.metadata.value.namespace.yaml,
        "labels": gateway.labels(and: podSecurity),
        "annotations": gateway.annotations(gateway.neededByMigration),
      ],
    ]
    return namespace.from(gateway.spec.metadata.value.namespace.span)
  }
}
