import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressWithoutTLS = Rule(
    4009, "ingress-without-tls", .error, concludesFromAbsence: true,
    summary: "the gateway is published without TLS",
    rationale: """
      Clients send their key with every request, and prompts hold what people would not post. Without a certificate both
      cross the network as readable text. The certificate of a Gateway that stands belongs to its listener, which is
      outside this spec.
      """,
    examples: [
      .flagged("ingress:\n  host: ⟦gateway.example.com⟧\n"),
      .allowed(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls, clusterIssuer: letsencrypt }\n"),
      .flagged(
        "ingress: { host: ⟦gateway.example.com⟧, controller: gateway-api, gateway: { className: envoy } }\n",
        hidden: true),
      .allowed("ingress: { host: gateway.example.com, controller: gateway-api, gateway: { name: public } }\n"),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, ingress.tls == nil, let controller = ingress.controller.known,
      controller != .gatewayAPI || ingress.gateway?.known?.className != nil, let host = ingress.host.known
    else { return }
    let isLocal = host.text == "localhost" || host.text.hasSuffix(".localhost")
    if isLocal { return }
    findings.add(
      "`\(host)` is published without TLS", at: ingress.host.span, label: "plain HTTP",
      help: ["add `tls: { secretName: …, clusterIssuer: … }` under `ingress`"])
  }
}
