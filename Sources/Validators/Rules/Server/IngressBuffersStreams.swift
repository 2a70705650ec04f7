import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressBuffersStreams = Rule(
    4025, "ingress-buffers-streams", .warning,
    summary: "the ingress collects answers before it passes them on",
    rationale: """
      A chat answer is streamed word by word. A proxy that buffers holds the words back until its buffer is full or the
      answer has ended: the client sees nothing for seconds and gives up. The compiled Ingress turns buffering off.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { nginx.ingress.kubernetes.io/proxy-buffering: ⟦"on"⟧ }

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            annotations: {}

          """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { nginx.ingress.kubernetes.io/proxy-buffering: "off" }

        """),
    ]
  ) { context, findings in
    for annotation in context.nginxAnnotations {
      guard annotation.name.value.name == "proxy-buffering", annotation.value.text == "on" else { continue }
      findings.add(
        "streamed answers would arrive all at once", at: annotation.setting.span, label: "holds them back",
        help: ["remove the annotation: `off` is compiled"],
        fixIts: context.removing(context.removal(of: annotation)))
    }
  }
}
