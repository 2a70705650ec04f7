import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressSnippet = Rule(
    4024, "ingress-snippet", .warning,
    summary: "an annotation puts raw configuration into the ingress controller",
    rationale: """
      A snippet is pasted into the configuration of a proxy that serves every namespace: whoever may edit this Ingress can
      read the tokens and certificates of all others (CVE-2021-25742). ingress-nginx refuses snippets unless its
      administrator has allowed them, so that the Ingress may not even be created.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            ⟦nginx.ingress.kubernetes.io/configuration-snippet⟧: "more_set_headers 'X-Gateway: ai';"

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            nginx.ingress.kubernetes.io/limit-rps: "50"

        """),
    ]
  ) { context, findings in
    for annotation in context.nginxAnnotations where annotation.name.value.name.hasSuffix("-snippet") {
      findings.add(
        "`\(annotation.name.value.name)` puts raw configuration into a proxy that others share",
        at: annotation.name.span, label: "refused by most clusters",
        help: ["remove it, and use the annotation or the controller's setting that is made for it"],
        fixIts: context.removing(context.removal(of: annotation)))
    }
  }
}
