import Emitters
import GatewaySpec

extension ManifestKind {
  /// The address of the gateway inside the cluster.
  static let service = ManifestKind(single: "service.yaml") { gateway in
    let port: YAMLValue = [
      "name": .string(gateway.portName),
      "port": gateway.spec.server.value.port.yaml,
      "targetPort": .string(gateway.portName),
      "protocol": "TCP",
      "appProtocol": "http",
    ]
    let service: YAMLValue = [
      "apiVersion": "v1",
      "kind": "Service",
      "metadata": gateway.metadata(gateway.name, component: "gateway", annotations: gateway.serviceAnnotations),
      "spec": [
        "type": "ClusterIP",
        "selector": gateway.selectorLabels,
        "ports": [port.from(gateway.spec.server.value.port.span)],
      ],
    ]
    return service.from(gateway.spec.server.keySpan)
  }
}
