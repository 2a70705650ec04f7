import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressAllowsPlainHTTP = Rule(
    4026, "ingress-allows-plain-http", .warning,
    summary: "the gateway has a certificate and answers plain HTTP as well",
    rationale: """
      A client that was configured with `http://` works, and sends its key and its prompts as readable text from then on.
      With the redirect it fails at once and is mended. ingress-nginx redirects by itself where there is a certificate;
      Traefik serves the entry points that it is told.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            nginx.ingress.kubernetes.io/ssl-redirect: ⟦"false"⟧
            example.com/owner: ai-platform

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            annotations:
              example.com/owner: ai-platform

          """),
      .flagged(
        """
        ingress:
          host: gateway.example.com
          controller: traefik
          tls: { secretName: gateway-tls }
          annotations: { traefik.ingress.kubernetes.io/router.entrypoints: ⟦"web, websecure"⟧ }

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          controller: traefik
          tls: { secretName: gateway-tls }
          annotations: { traefik.ingress.kubernetes.io/router.entrypoints: websecure }

        """),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, let tls = ingress.tls, !tls.isInvalid,
      let controller = ingress.controller.known
    else { return }
    for annotation in context.ingressAnnotations(of: controller) {
      let text = annotation.value.text
      let isOpen =
        switch annotation.name.value.name {
        case "ssl-redirect": text == "false"
        case "router.entrypoints": text.split { $0 == "," || $0 == " " }.contains("web")
        default: false
        }
      guard isOpen else { continue }
      findings.add(
        "keys and prompts may be sent unencrypted to `\(ingress.host.value)`", at: annotation.setting.span,
        label: "plain HTTP stays open", related: [Diagnostic.Label(tls.keySpan, "it has a certificate")],
        help: ["remove the annotation"], fixIts: context.removing(context.removal(of: annotation)))
    }
  }
}
