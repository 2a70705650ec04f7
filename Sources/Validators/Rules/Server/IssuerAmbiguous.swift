import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let issuerAmbiguous = Rule(
    4028, "issuer-ambiguous", .error,
    summary: "the certificate is asked of two issuers",
    rationale: """
      cert-manager takes its issuer from an annotation of the Ingress, which is compiled from `tls`. With
      `cert-manager.io/issuer` beside `cert-manager.io/cluster-issuer` it makes no certificate and says so only in an event
      (`BadConfig`); with one of them twice, the annotation silently wins over `tls`.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls, clusterIssuer: letsencrypt }
          annotations: { ⟦cert-manager.io/issuer⟧: internal-ca }

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls, clusterIssuer: letsencrypt }
            annotations: {}

          """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { cert-manager.io/issuer: internal-ca }

        """),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, let tls = ingress.tls?.known,
      ingress.controller.known != .gatewayAPI,
      let issuer = tls.clusterIssuer ?? tls.issuer, let name = issuer.known
    else { return }
    let own = tls.clusterIssuer == nil ? "issuer" : "cluster-issuer"
    for annotation in ingress.annotations.value where annotation.name.value.prefix == "cert-manager.io" {
      let kind = annotation.name.value.name
      guard ["issuer", "cluster-issuer"].contains(kind), kind != own || annotation.value.text != name.text else {
        continue
      }
      findings.add(
        "the certificate is asked of `\(annotation.value.text)` and of `\(name)`", at: annotation.name.span,
        label: "a second issuer", related: [Diagnostic.Label(issuer.span, "the first one")],
        help: ["remove the annotation, or name `\(annotation.value.text)` under `tls` instead"],
        fixIts: context.removing(context.removal(of: annotation)))
    }
  }
}
