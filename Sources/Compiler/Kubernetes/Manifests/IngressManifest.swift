import Emitters
import GatewaySpec

extension ManifestKind {
  /// The published paths for a controller that reads Ingress objects.
  static let ingress = ManifestKind(single: "ingress.yaml") { gateway in
    guard let ingress = gateway.spec.ingress, ingress.value.controller.value != .gatewayAPI else { return nil }
    let backend: YAMLValue = [
      "service": ["name": .string(gateway.name), "port": ["name": .string(gateway.portName)]]
    ]
    let paths = ingress.value.publishedPaths.map { path -> YAMLValue in
      let rule: YAMLValue = ["path": path.yaml, "pathType": "Prefix", "backend": backend]
      return rule.from(path.span)
    }
    let tls = ingress.value.tls.map { tls in
      let entry: YAMLValue = ["hosts": [ingress.value.host.yaml], "secretName": tls.value.secretName.yaml]
      return YAMLValue.sequence([entry]).from(tls.keySpan)
    }
    let spec: YAMLValue = [
      "ingressClassName": .string(ingress.value.effectiveClassName)
        .from(ingress.value.className?.span ?? ingress.value.controller.span),
      "tls": tls,
      "rules": [["host": ingress.value.host.yaml, "http": ["paths": .sequence(paths)]]],
    ]
    let object: YAMLValue = [
      "apiVersion": "networking.k8s.io/v1",
      "kind": "Ingress",
      "metadata": gateway.metadata(gateway.name, annotations: gateway.ingressAnnotations(ingress.value)),
      "spec": spec,
    ]
    return object.from(ingress.keySpan)
  }
}

extension IngressSection {
  /// The published path prefixes, each with its place.
  var publishedPaths: [Setting<HTTPPath>] {
    paths?.value.elements ?? Self.defaultPaths.map { Setting($0, at: host.span, .defaulted) }
  }
}

extension ManifestContext {
  /// Timeouts, body size and certificate in the words of the controller; what the spec writes replaces ours.
  fileprivate func ingressAnnotations(_ ingress: IngressSection) -> [YAMLValue.Entry] {
    var annotations: [YAMLValue.Entry] = []
    if let tls = ingress.tls?.value {
      if let issuer = tls.clusterIssuer { annotations.append(.init("cert-manager.io/cluster-issuer", issuer.yaml)) }
      if let issuer = tls.issuer { annotations.append(.init("cert-manager.io/issuer", issuer.yaml)) }
    }
    switch ingress.controller.value {
    case .nginx: annotations += nginxAnnotations
    case .traefik where ingress.tls != nil:
      let origin = ingress.tls?.keySpan
      annotations.append(
        .init("traefik.ingress.kubernetes.io/router.entrypoints", .string("websecure").from(origin)))
      annotations.append(.init("traefik.ingress.kubernetes.io/router.tls", .string("true").from(origin)))
    case .traefik, .gatewayAPI: break
    }
    return Self.merged(annotations, ingress.annotations.value.map { ($0.name.value.text, $0.setting.yaml) })
  }

  /// ingress-nginx cuts a stream that is silent for 60 seconds and refuses bodies above 1 MB unless told otherwise.
  private var nginxAnnotations: [YAMLValue.Entry] {
    let prefix = "nginx.ingress.kubernetes.io/"
    let server = spec.server.value
    let timeout = YAMLValue.string(String(max(1, server.requestTimeout.value.secondsRoundedUp)))
      .from(server.requestTimeout.span)
    return [
      .init(prefix + "proxy-read-timeout", timeout),
      .init(prefix + "proxy-send-timeout", timeout),
      .init(prefix + "proxy-body-size", .string(server.maxBodySize.value.nginxSize).from(server.maxBodySize.span)),
      .init(prefix + "proxy-buffering", "off"),
      .init(prefix + "proxy-request-buffering", "off"),
    ]
  }
}

extension Quantity {
  /// A size as nginx takes it: bytes, or whole `k`, `m` or `g` of 1,024.
  fileprivate var nginxSize: String {
    let bytes = byteCount
    for (unit, size) in [("g", Int64(1) << 30), ("m", 1 << 20), ("k", 1 << 10)] where bytes >= size && bytes % size == 0
    {
      return "\(bytes / size)\(unit)"
    }
    return String(bytes)
  }
}
