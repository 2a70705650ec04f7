import Emitters
import GatewaySpec

extension ManifestKind {
  /// One ExternalSecret for each store, and one for each path with dynamic credentials.
  static let externalSecrets = ManifestKind("external-secret.yaml") { gateway in
    guard gateway.spec.secretLogin != nil else { return [] }
    return gateway.secrets.groups.map { group in
      let secrets = gateway.spec.secrets.value
      let interval = secrets.refreshInterval
      let isDynamic = group.dynamicPath != nil
      let spec: YAMLValue = [
        "refreshInterval": .string(interval.value.goText).from(interval.span),
        "secretStoreRef": isDynamic
          ? nil : ["kind": secrets.storeKind.yaml, "name": .string(gateway.storeName(of: group))],
        "target": [
          "name": .string(group.name),
          "creationPolicy": "Owner",
          "deletionPolicy": "Retain",
          "template": isDynamic ? group.credentialTemplate : nil,
        ],
        "data": isDynamic ? nil : .sequence(group.items.map(\.remoteValue)),
        "dataFrom": isDynamic ? [group.generatorReference] : nil,
      ]
      let secret: YAMLValue = [
        "apiVersion": gateway.externalSecretsAPIVersion,
        "kind": "ExternalSecret",
        "metadata": gateway.metadata(
          group.name, annotations: gateway.neededByMigration, from: group.mount.name.span),
        "spec": spec,
      ]
      return secret.from(secrets.delivery.span)
    }
  }
}

extension SecretPlan.Item {
  /// The entry of an ExternalSecret that copies the secret.
  fileprivate var remoteValue: YAMLValue {
    let value: YAMLValue = [
      "secretKey": .string(variable).from(entry.value.env?.span),
      "remoteRef": [
        "key": .string(remoteKey).from(entry.value.vault?.span),
        "property": entry.value.property?.yaml,
      ],
    ]
    return value.from(origin)
  }

  /// The path below the mount. External Secrets Operator cuts a repeated mount name off once; a slash before it hides the
  /// repeat and is lost on the way.
  private var remoteKey: String {
    guard let location else { return "" }
    let version: ExternalSecretsPath.EngineVersion = location.mount.value.version.value == 1 ? .v1 : .v2
    let store = ExternalSecretsPath(storePath: location.mount.name.value.text, version: version)
    return store.read(location.key) == location.apiPath ? location.key : "/" + location.key
  }
}

extension SecretPlan.Group {
  fileprivate var generatorReference: YAMLValue {
    let reference: YAMLValue = [
      "apiVersion": "generators.external-secrets.io/v1alpha1",
      "kind": "VaultDynamicSecret",
      "name": .string(name),
    ]
    return ["sourceRef": ["generatorRef": reference]]
  }

  /// Gives each property of the credentials the name under which the process looks for it.
  fileprivate var credentialTemplate: YAMLValue {
    let entries = items.compactMap { item in
      item.entry.value.property.map { property in
        YAMLValue.Entry(
          item.variable, .string("{{ index . \(Self.quoted(property.value.text)) }}").from(item.origin))
      }
    }
    return ["engineVersion": "v2", "data": .mapping(entries)]
  }

  /// A string of Go's template language.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted += "\\" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
