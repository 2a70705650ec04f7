import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressClassAnnotation = Rule(
    4012, "ingress-class-annotation", .error,
    summary: "the class of the ingress is given by the old annotation",
    rationale: """
      `kubernetes.io/ingress.class` has been replaced by the field `ingressClassName`, which is always compiled. The API
      server refuses to create an Ingress that has both.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            ⟦kubernetes.io/ingress.class⟧: internal-nginx

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          className: internal-nginx

        """),
    ]
  ) { context, findings in
    for annotation in context.spec.ingress?.known?.annotations.value
      ?? NamedEntries<KubernetesLabelKey, PlainText>.placeholder
    where annotation.name.value.text == "kubernetes.io/ingress.class" {
      findings.add(
        "the annotation `kubernetes.io/ingress.class` stands beside the field that replaces it",
        at: annotation.name.span, label: "both are refused",
        help: ["remove it and write `className: \(annotation.value.text)` under `ingress`"])
    }
  }
}
