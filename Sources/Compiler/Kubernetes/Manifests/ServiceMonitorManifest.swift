import Emitters
import GatewaySpec

extension ManifestKind {
  /// Tells Prometheus to scrape the gateway, if the engine serves metrics.
  static let serviceMonitor = ManifestKind(single: "service-monitor.yaml") { gateway in
    let metrics = gateway.spec.observability.value.metrics
    guard metrics.value, let endpoint = gateway.metricsEndpoint else { return nil }
    let monitor: YAMLValue = [
      "apiVersion": "monitoring.coreos.com/v1",
      "kind": "ServiceMonitor",
      "metadata": gateway.metadata(gateway.name),
      "spec": [
        "selector": ["matchLabels": gateway.selectorLabels],
        "endpoints": [
          [
            "port": .string(gateway.portName),
            "path": .string(endpoint.path),
            "interval": "30s",
            "scrapeTimeout": "10s",
            "authorization": endpoint.access == .open ? nil : gateway.metricsAuthorization,
          ]
        ],
      ],
    ]
    return monitor.from(metrics.span)
  }
}

extension ManifestContext {
  /// The endpoint that Prometheus asks; `nil` if the engine serves none.
  var metricsEndpoint: Endpoint? { engine.endpoints.endpoints.first { $0.purpose == .metrics } }

  /// The key that the endpoint asks for. Prometheus reads it from the Secret itself.
  fileprivate var metricsAuthorization: YAMLValue? {
    guard let key = secrets[spec.auth.value.masterKey], secrets.carriage != .vault else { return nil }
    let credentials: YAMLValue = ["name": .string(key.secretName), "key": .string(key.variable)]
    let authorization: YAMLValue = ["type": "Bearer", "credentials": credentials]
    return authorization.from(spec.auth.value.masterKey?.span)
      .commented(
        "The endpoint asks for a key; a key of its own that may call nothing else is safer than the master key.")
  }
}
