import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let gatewayNotNamed = Rule(
    4050, "gateway-not-named", .error,
    summary: "controller and Gateway do not go together",
    rationale: """
      With `gateway-api` the traffic comes through a Gateway: either one that the platform keeps, named by `gateway.name`, or
      one of the gateway's own, made from the GatewayClass in `gateway.className`. A route without a Gateway is served by
      nobody. An IngressClass belongs to `nginx` and `traefik`, which know no Gateway. And the certificate of a Gateway that
      stands is set on its listener, by whoever keeps it.
      """,
    examples: [
      .flagged("ingress:\n  host: gateway.example.com\n  controller: ⟦gateway-api⟧\n"),
      .flagged(
        """
        ingress:
          host: gateway.example.com
          controller: gateway-api
          ⟦className⟧: public
          gateway: { name: public }

        """),
      .flagged(
        """
        ingress:
          host: gateway.example.com
          controller: traefik
          tls: { secretName: gateway-tls }
          ⟦gateway⟧: { name: public }

        """),
      .flagged(
        """
        ingress:
          host: gateway.example.com
          controller: gateway-api
          gateway: { name: public }
          ⟦tls⟧: { secretName: gateway-tls }

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          controller: gateway-api
          gateway: { name: public, namespace: gateways, listener: https }

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          controller: gateway-api
          gateway: { className: envoy }
          tls: { secretName: gateway-tls, clusterIssuer: letsencrypt }

        """),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, let controller = ingress.controller.known else { return }
    guard controller == .gatewayAPI else {
      if let gateway = ingress.gateway {
        findings.add(
          "\(controller.rawValue) knows no Gateway", at: gateway.keySpan, label: "not with this controller",
          related: [Diagnostic.Label(ingress.controller.span, "the controller")],
          help: ["remove it, or write `controller: gateway-api`"])
      }
      return
    }
    if let className = ingress.className {
      findings.add(
        "a route has no IngressClass", at: className.keySpan, label: "for nginx and traefik",
        help: ["name the Gateway: `gateway: { name: \(className.value) }`"])
    } else if ingress.gateway == nil {
      findings.add(
        "the route is attached to no Gateway", at: ingress.controller.span, label: "to which one?",
        help: ["add `gateway: { name: … }` for one that stands, or `gateway: { className: … }` for one of its own"])
    }
    if let gateway = ingress.gateway?.known, gateway.name != nil, gateway.className == nil, let tls = ingress.tls {
      findings.add(
        "the certificate belongs to the listener of Gateway `\(gateway.name?.value.text ?? "")`", at: tls.keySpan,
        label: "not on a route", help: ["remove it, and set the certificate on the listener"])
    }
  }
}
