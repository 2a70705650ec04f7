import Emitters
import GatewaySpec

extension ManifestKind {
  /// How Traefik talks to the pods. Its defaults belong to the whole installation; these are the gateway's own. There is no
  /// Middleware for the size of a body: Traefik's only one that checks it also holds back every answer until it is whole,
  /// streams too (traefik/traefik#12869).
  static let serversTransport = ManifestKind(single: "servers-transport.yaml") { gateway in
    guard let ingress = gateway.spec.ingress, ingress.value.controller.value == .traefik else { return nil }
    let timeout = gateway.spec.server.value.requestTimeout
    let transport: YAMLValue = [
      "apiVersion": "traefik.io/v1alpha1",
      "kind": "ServersTransport",
      "metadata": gateway.metadata(gateway.name),
      "spec": [
        "forwardingTimeouts": [
          "dialTimeout": "5s",
          // An answer that is no stream starts when it is ready.
          "responseHeaderTimeout": .string(timeout.value.goText).from(timeout.span),
        ]
      ],
    ]
    return transport.from(ingress.value.controller.span)
  }
}

extension ManifestContext {
  /// The annotation by which a Service takes the transport of its namespace.
  var serviceAnnotations: [YAMLValue.Entry] {
    guard let controller = spec.ingress?.value.controller, controller.value == .traefik else { return [] }
    let reference = YAMLValue.string("\(namespace)-\(name)@kubernetescrd").from(controller.span)
    return [.init("traefik.ingress.kubernetes.io/service.serverstransport", reference)]
  }
}
