import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressAnnotationRedundant = Rule(
    4027, "ingress-annotation-redundant", .note,
    summary: "an annotation of the ingress says what holds anyway",
    rationale: """
      ingress-nginx redirects to HTTPS by itself where there is a certificate, and the compiled Ingress already turns
      buffering off and TLS on. A line that changes nothing looks like a decision, and is copied on as one.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { ⟦nginx.ingress.kubernetes.io/ssl-redirect⟧: "true", example.com/owner: ai-platform }

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            annotations: { example.com/owner: ai-platform }

          """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { nginx.ingress.kubernetes.io/limit-rps: "50" }

        """),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, ingress.tls != nil, let controller = ingress.controller.known
    else {
      return
    }
    for annotation in context.ingressAnnotations(of: controller)
    where holdsAnyway[annotation.name.value.name] == annotation.value.text {
      findings.add(
        "`\(annotation.name.value.name): \(annotation.value.text)` holds anyway", at: annotation.name.span,
        label: "changes nothing", help: ["remove it"],
        fixIts: context.removing(context.removal(of: annotation), .safe))
    }
  }

  /// What each controller does where there is a certificate, or what is compiled.
  private static let holdsAnyway = [
    "ssl-redirect": "true", "proxy-buffering": "off", "proxy-request-buffering": "off", "router.tls": "true",
    "router.entrypoints": "websecure",
  ]
}
