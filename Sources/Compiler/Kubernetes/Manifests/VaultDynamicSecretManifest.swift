import Emitters
import GatewaySpec

extension ManifestKind {
  /// A generator for each path that makes new credentials at each read. Their lease is neither renewed nor revoked, so the
  /// refresh interval must stay below it.
  static let vaultDynamicSecrets = ManifestKind("vault-dynamic-secret.yaml") { gateway in
    guard let vault = gateway.spec.vault, let login = gateway.spec.secretLogin else { return [] }
    return gateway.secrets.groups.compactMap { group in
      guard let path = group.dynamicPath else { return nil }
      let provider: YAMLValue = [
        "server": vault.value.address.yaml,
        "namespace": vault.value.namespace?.yaml,
        "caProvider": vault.value.privateAuthority.map { $0.value.caProvider.from($0.span) },
        "auth": gateway.externalSecretsAuth(login),
      ]
      let generator: YAMLValue = [
        "apiVersion": "generators.external-secrets.io/v1alpha1",
        "kind": "VaultDynamicSecret",
        "metadata": gateway.metadata(
          group.name, annotations: gateway.neededByMigration, from: group.mount.name.span),
        "spec": [
          "path": .string(path).from(group.items.first?.entry.value.vault?.span),
          "method": "GET",
          "resultType": "Data",
          "provider": provider,
        ],
      ]
      return generator.from(group.mount.name.span)
    }
  }
}
