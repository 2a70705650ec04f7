import Emitters
import GatewaySpec

extension ManifestKind {
  /// The published paths for a Gateway: one that stands, or the gateway's own.
  static let httpRoute = ManifestKind(single: "http-route.yaml") { gateway in
    guard let ingress = gateway.spec.ingress, ingress.value.controller.value == .gatewayAPI else { return nil }
    let timeout = gateway.spec.server.value.requestTimeout
    let paths = ingress.value.publishedPaths
    // A rule takes at most 64 matches.
    let rules = stride(from: 0, to: paths.count, by: 64).map { start -> YAMLValue in
      let matches = paths[start..<min(start + 64, paths.count)].map { path -> YAMLValue in
        let match: YAMLValue = ["path": ["type": "PathPrefix", "value": path.yaml]]
        return match.from(path.span)
      }
      return [
        "matches": .sequence(matches),
        "timeouts": timeout.value.gatewayAPIText.map { ["request": .string($0).from(timeout.span)] },
        "backendRefs": [["name": .string(gateway.name), "port": gateway.spec.server.value.port.yaml]],
      ]
    }
    let spec: YAMLValue = [
      "parentRefs": ingress.value.gateway.map { [gateway.parentReference(to: $0.value).from($0.keySpan)] },
      "hostnames": [ingress.value.host.yaml],
      "rules": .sequence(rules),
    ]
    let annotations = ingress.value.annotations.value.map { YAMLValue.Entry($0.name.value.text, $0.setting.yaml) }
    let route: YAMLValue = [
      "apiVersion": "gateway.networking.k8s.io/v1",
      "kind": "HTTPRoute",
      "metadata": gateway.metadata(gateway.name, annotations: annotations),
      "spec": spec,
    ]
    return route.from(ingress.keySpan)
  }
}

extension ManifestContext {
  fileprivate func parentReference(to parent: IngressGateway) -> YAMLValue {
    if let className = parent.className { return ["name": .string(name).from(className.span)] }
    return ["name": parent.name?.yaml, "namespace": parent.namespace?.yaml, "sectionName": parent.listener?.yaml]
  }
}
