import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let annotationForOtherController = Rule(
    4023, "annotation-for-other-controller", .warning,
    summary: "an annotation of the ingress belongs to a controller that is not used",
    rationale: """
      Each ingress controller reads annotations under a prefix of its own and ignores all others. A timeout, an allow list
      or a limit that stands under the wrong prefix is not in force, and nothing says so: the Ingress is accepted as it is.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          controller: traefik
          tls: { secretName: gateway-tls }
          annotations: { ⟦nginx.ingress.kubernetes.io/whitelist-source-range⟧: 10.0.0.0/8 }

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            controller: traefik
            tls: { secretName: gateway-tls }
            annotations: {}

          """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          controller: nginx
          tls: { secretName: gateway-tls }
          annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8 }

        """),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, let controller = ingress.controller.known else { return }
    for other in IngressController.allCases where other != controller {
      for annotation in context.ingressAnnotations(of: other) {
        findings.add(
          "`\(controller.rawValue)` does not read `\(annotation.name.value)`", at: annotation.name.span,
          label: "for `\(other.rawValue)`",
          related: ingress.controller.isWritten
            ? [Diagnostic.Label(ingress.controller.span, "the controller is chosen here")] : [],
          help: ["remove it, or write the setting in the words of `\(controller.rawValue)`"],
          fixIts: context.removing(context.removal(of: annotation)))
      }
    }
  }
}

extension RuleContext {
  /// The annotations of the ingress that a controller reads, by their prefix; none for the Gateway API.
  func ingressAnnotations(of controller: IngressController) -> [NamedEntry<KubernetesLabelKey, PlainText>] {
    guard let annotations = spec.ingress?.known?.annotations.known else { return [] }
    let prefix =
      switch controller {
      case .nginx: "nginx.ingress.kubernetes.io"
      case .traefik: "traefik.ingress.kubernetes.io"
      case .gatewayAPI: ""
      }
    return annotations.filter { !$0.setting.isInvalid && $0.name.value.prefix == prefix }
  }

  /// The annotations that ingress-nginx reads, if it is the controller.
  var nginxAnnotations: [NamedEntry<KubernetesLabelKey, PlainText>] {
    spec.ingress?.known?.controller.known == .nginx ? ingressAnnotations(of: .nginx) : []
  }
}
