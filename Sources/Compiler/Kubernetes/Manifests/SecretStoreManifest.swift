import Emitters
import GatewaySpec

extension ManifestKind {
  /// One store for each key-value mount that External Secrets Operator reads.
  static let secretStores = ManifestKind("secret-store.yaml") { gateway in
    guard let vault = gateway.spec.vault, let login = gateway.spec.secretLogin else { return [] }
    return gateway.secrets.groups.filter { $0.dynamicPath == nil }.map { group in
      let version = group.mount.value.version
      let provider: YAMLValue = [
        "server": vault.value.address.yaml,
        "path": group.mount.name.yaml,
        "version": .string("v\(version.value)").from(version.span),
        "namespace": vault.value.namespace?.yaml,
        "caProvider": vault.value.privateAuthority.map { $0.value.caProvider.from($0.span) },
        "auth": gateway.externalSecretsAuth(login),
      ]
      let store: YAMLValue = [
        "apiVersion": "external-secrets.io/v1",
        "kind": "SecretStore",
        "metadata": gateway.metadata(
          group.name, annotations: gateway.neededByMigration, from: group.mount.name.span),
        "spec": ["provider": ["vault": provider]],
      ]
      return store.from(group.mount.name.span)
    }
  }
}

extension CertificateSource {
  /// Where External Secrets Operator finds the certificate authority.
  var caProvider: YAMLValue {
    [
      "type": configMap == nil ? "Secret" : "ConfigMap",
      "name": (configMap ?? secret)?.yaml,
      "key": key.yaml,
    ]
  }
}

extension ManifestContext {
  /// The login as External Secrets Operator makes it. Exactly one method is given, for of several it takes the first in an
  /// order of its own.
  func externalSecretsAuth(_ login: NamedEntry<EntryName, VaultLogin>) -> YAMLValue {
    let section = login.value
    let account = serviceAccount(of: login)
    let role = section.role?.yaml ?? .string(login.name.value.text).from(login.name.span)
    let mountPath = YAMLValue.string(section.effectiveMountPath).from(section.mountPath?.span ?? section.method.span)
    let audiences = section.audience.map { YAMLValue.sequence([$0.yaml]).from($0.span) }
    let credential = section.credential.map { reference in
      ["name": reference.value.name.yaml, "key": reference.value.key.yaml] as YAMLValue
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
              "serviceAccountRef": ["name": .string(account.name).from(account.origin)],
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
