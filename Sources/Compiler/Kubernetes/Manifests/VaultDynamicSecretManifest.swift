import Emitters
import GatewaySpec

extension ManifestKind {
  /// A generator for each path that makes new credentials at each read. Their lease is neither renewed nor revoked, so the
  /// refresh interval must stay below it.
  static let vaultDynamicSecrets = ManifestKind("vault-dynamic-secret.yaml") { gateway in
    guard gateway.spec.vault != nil, let login = gateway.spec.secretLogin else { return [] }
    return gateway.secrets.groups.compactMap { group in
      guard let path = group.dynamicPath else { return nil }
      let generator: YAMLValue = [
        "apiVersion": "generators.external-secrets.io/v1alpha1",
        "kind": "VaultDynamicSecret",
        "metadata": gateway.metadata(
          group.name, annotations: gateway.neededByMigration, from: group.mount.name.span),
        "spec": [
          "path": .string(path).from(group.items.first?.entry.value.vault?.span),
          "method": "GET",
          "provider": gateway.vaultProvider(login, isClusterWide: false),
        ],
      ]
      return generator.from(group.mount.name.span)
    }
  }
}
