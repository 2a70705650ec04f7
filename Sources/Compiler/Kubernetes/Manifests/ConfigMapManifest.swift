import Emitters
import GatewaySpec

extension ManifestKind {
  /// What the container reads when it starts: LiteLLM's configuration, or the spec itself.
  static let configMap = ManifestKind(single: "config-map.yaml") { gateway in
    let entries = gateway.configurationFiles.map { file in
      YAMLValue.Entry(file.key, .string(file.content).from(file.origin))
    }
    let map: YAMLValue = [
      "apiVersion": "v1",
      "kind": "ConfigMap",
      "metadata": gateway.metadata(gateway.configMapName, annotations: gateway.neededByMigration),
      "data": .mapping(entries),
    ]
    return map.from(gateway.spec.engine.keySpan)
  }
}
