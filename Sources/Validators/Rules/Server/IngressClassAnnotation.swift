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
            example.com/owner: ai-platform

        """,
        fixed: """
          ingress:
            className: internal-nginx
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            annotations:
              example.com/owner: ai-platform

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
    guard let section = context.spec.ingress, let ingress = section.known else { return }
    for annotation in ingress.annotations.value where annotation.name.value.text == "kubernetes.io/ingress.class" {
      let name = annotation.value.text
      let isSame = name == ingress.effectiveClassName
      var edits = [context.removal(of: annotation)]
      if !isSame { edits.append(context.addition(ofKey: "className: \(name)", to: section.span)) }
      let isMoved = (isSame || ingress.className == nil) && (try? KubernetesSubdomain(parsing: name)) != nil
      findings.add(
        "the annotation `kubernetes.io/ingress.class` stands beside the field that replaces it",
        at: annotation.name.span, label: "both are refused",
        help: [isSame ? "remove it" : "remove it and write `className: \(name)` under `ingress`"],
        fixIts: isMoved && !edits.contains(nil)
          ? [FixIt(isSame ? "remove it" : "write `className`", .unsafe, edits: edits.compactMap(\.self))] : [])
    }
  }
}
