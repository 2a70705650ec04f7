import Emitters
import GatewaySpec

extension ManifestKind {
  /// One store for each key-value mount that External Secrets Operator reads. A ClusterSecretStore serves the gateway's
  /// namespace and no other.
  static let secretStores = ManifestKind("secret-store.yaml") { gateway in
    guard gateway.spec.vault != nil, let login = gateway.spec.secretLogin else { return [] }
    let kind = gateway.spec.secrets.value.storeKind
    let isClusterWide = kind.value == .clusterSecretStore
    return gateway.secrets.groups.filter { $0.dynamicPath == nil }.map { group in
      let version = group.mount.value.version
      var metadata = gateway.metadata(
        gateway.storeName(of: group), annotations: gateway.neededByMigration, from: group.mount.name.span)
      if isClusterWide { metadata["namespace"] = nil }
      let conditions: YAMLValue = [["namespaces": [gateway.spec.metadata.value.namespace.yaml]]]
      let provider = gateway.vaultProvider(
        login, mount: ["path": group.mount.name.yaml, "version": .string("v\(version.value)").from(version.span)],
        isClusterWide: isClusterWide)
      let store: YAMLValue = [
        "apiVersion": gateway.externalSecretsAPIVersion,
        "kind": kind.yaml,
        "metadata": metadata,
        "spec": ["conditions": isClusterWide ? conditions.from(kind.span) : nil, "provider": ["vault": provider]],
      ]
      return store.from(group.mount.name.span)
    }
  }
}

extension ManifestContext {
  /// The version under which External Secrets Operator serves its stores and secrets.
  var externalSecretsAPIVersion: YAMLValue {
    .string(spec.externalSecretsAPIVersion).from(spec.cluster.value.externalSecretsVersion.span)
  }

  /// The name of the store for a group of secrets. One of the whole cluster has the namespace in its name, for gateways of
  /// other namespaces may have the same.
  func storeName(of group: SecretPlan.Group) -> String {
    spec.secrets.value.storeKind.value == .clusterSecretStore ? "\(namespace)-\(group.name)" : group.name
  }

  /// How External Secrets Operator reaches Vault. References of an object without a namespace name theirs.
  func vaultProvider(
    _ login: NamedEntry<EntryName, VaultLogin>, mount: YAMLValue = [:], isClusterWide: Bool
  ) -> YAMLValue {
    guard let vault = spec.vault else { return .null }
    let namespace = isClusterWide ? spec.metadata.value.namespace.yaml : nil
    return [
      "server": vault.value.address.yaml,
      "path": mount["path"],
      "version": mount["version"],
      "namespace": vault.value.namespace?.yaml,
      "caProvider": vault.value.privateAuthority.map { $0.value.caProvider(in: namespace).from($0.span) },
      "auth": externalSecretsAuth(login, in: namespace),
    ]
  }
}

extension CertificateSource {
  /// Where External Secrets Operator finds the certificate authority.
  fileprivate func caProvider(in namespace: YAMLValue?) -> YAMLValue {
    [
      "type": configMap == nil ? "Secret" : "ConfigMap",
      "name": (configMap ?? secret)?.yaml,
      "namespace": namespace,
      "key": key.yaml,
    ]
  }
}

extension ManifestContext {
  /// The login as External Secrets Operator makes it. Exactly one method is given, for of several it takes the first in an
  /// order of its own.
  private func externalSecretsAuth(
    _ login: NamedEntry<EntryName, VaultLogin>, in namespace: YAMLValue?
  ) -> YAMLValue {
    let section = login.value
    let account = serviceAccount(of: login)
    let role = section.role?.yaml ?? .string(login.name.value.text).from(login.name.span)
    let mountPath = YAMLValue.string(section.effectiveMountPath).from(section.mountPath?.span ?? section.method.span)
    let audiences = section.audience.map { YAMLValue.sequence([$0.yaml]).from($0.span) }
    let credential = section.credential.map { reference in
      ["name": reference.value.name.yaml, "namespace": namespace, "key": reference.value.key.yaml] as YAMLValue
    }
    let auth: YAMLValue =
      switch section.method.value {
      case .kubernetes:
        [
          "kubernetes": [
            "mountPath": mountPath,
            "role": role,
            "serviceAccountRef": [
              "name": .string(account.name).from(account.origin),
              "namespace": namespace,
              "audiences": audiences,
            ],
          ]
        ]
      case .jwt:
        [
          "jwt": [
            "path": mountPath,
            "role": role,
            "kubernetesServiceAccountToken": [
              "serviceAccountRef": ["name": .string(account.name).from(account.origin), "namespace": namespace],
              "audiences": audiences,
              "expirationSeconds": 600,
            ],
          ]
        ]
      case .approle:
        ["appRole": ["path": mountPath, "roleId": section.roleID?.yaml, "secretRef": credential]]
      case .token:
        ["tokenSecretRef": credential]
      }
    return auth.from(login.name.span)
  }
}
