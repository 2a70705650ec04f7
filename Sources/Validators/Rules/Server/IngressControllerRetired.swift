import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressControllerRetired = Rule(
    4013, "ingress-controller-retired", .note,
    summary: "the ingress controller gets no more fixes",
    rationale: """
      The ingress-nginx controller was retired in March 2026: release 1.15.1 was the last, and security holes found since
      stay open. What stands keeps working. New gateways are better served by `gateway-api` or `traefik`. The controller
      of F5 NGINX is another product and is not meant.
      """,
    examples: [
      .flagged(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  controller: ⟦nginx⟧\n"),
      .flagged("⟦ingress⟧:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n", hidden: true),
      .allowed("ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  controller: traefik\n"),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress, let controller = ingress.known?.controller, controller.known == .nginx
    else { return }
    findings.add(
      "ingress-nginx\(controller.isWritten ? "" : ", the default,") was retired in March 2026",
      at: controller.isWritten ? controller.span : ingress.keySpan, label: "no more fixes",
      help: ["plan to move to `controller: gateway-api` or `controller: traefik`"])
  }
}
