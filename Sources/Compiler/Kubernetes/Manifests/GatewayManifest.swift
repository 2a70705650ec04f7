import Emitters
import GatewaySpec

extension ManifestKind {
  /// A Gateway of the gateway's own: one listener that takes HTTPS for the host, and routes of this namespace alone. There is
  /// none for plain HTTP: a client that sends its key in the clear should fail, not be sent on.
  static let gateway = ManifestKind(single: "gateway.yaml") { gateway in
    guard let ingress = gateway.spec.ingress, ingress.value.controller.value == .gatewayAPI,
      let className = ingress.value.gateway?.value.className
    else { return nil }
    let tls = ingress.value.tls
    let certificate: YAMLValue? = tls.map { tls in
      let reference: YAMLValue = ["kind": "Secret", "name": tls.value.secretName.yaml]
      let termination: YAMLValue = ["mode": "Terminate", "certificateRefs": [reference]]
      return termination.from(tls.keySpan)
    }
    let listener: YAMLValue = [
      "name": tls == nil ? "http" : "https",
      "protocol": tls == nil ? "HTTP" : "HTTPS",
      "port": tls == nil ? 80 : 443,
      "hostname": ingress.value.host.yaml,
      "tls": certificate,
      "allowedRoutes": ["namespaces": ["from": "Same"]],
    ]
    let object: YAMLValue = [
      "apiVersion": "gateway.networking.k8s.io/v1",
      "kind": "Gateway",
      "metadata": gateway.metadata(gateway.name),
      "spec": ["gatewayClassName": className.yaml, "listeners": [listener]],
    ]
    return object.from(ingress.value.gateway?.keySpan)
  }

  /// The certificate of that Gateway, from cert-manager. An Ingress asks for its own by an annotation; for a Gateway the
  /// annotation works only where cert-manager was told to watch Gateways, and the object always does.
  static let certificate = ManifestKind(single: "certificate.yaml") { gateway in
    guard let ingress = gateway.spec.ingress?.value, ingress.controller.value == .gatewayAPI,
      ingress.gateway?.value.className != nil, let tls = ingress.tls,
      let issuer = tls.value.clusterIssuer ?? tls.value.issuer
    else { return nil }
    let kind = tls.value.clusterIssuer == nil ? "Issuer" : "ClusterIssuer"
    let spec: YAMLValue = [
      "secretName": tls.value.secretName.yaml,
      "dnsNames": [ingress.host.yaml],
      "issuerRef": ["group": "cert-manager.io", "kind": .string(kind).from(issuer.keySpan), "name": issuer.yaml],
      "privateKey": ["algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"],
      "usages": ["digital signature", "server auth"],
    ]
    let certificate: YAMLValue = [
      "apiVersion": "cert-manager.io/v1",
      "kind": "Certificate",
      "metadata": gateway.metadata(gateway.name),
      "spec": spec,
    ]
    return certificate.from(tls.keySpan)
  }
}
