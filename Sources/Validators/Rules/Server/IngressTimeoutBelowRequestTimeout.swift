import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressTimeoutBelowRequestTimeout = Rule(
    4021, "ingress-timeout-below-request-timeout", .warning,
    summary: "the ingress gives a request up before the gateway does",
    rationale: """
      A model that thinks sends nothing for a minute or more. When the proxy in front has the shorter patience the client
      gets a 504 while the gateway still waits, the provider bills the answer that nobody reads, and a retry starts it
      again. The compiled Ingress follows `server.requestTimeout`; an annotation in the spec replaces that.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            nginx.ingress.kubernetes.io/proxy-read-timeout: ⟦"60"⟧

        """),
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { nginx.ingress.kubernetes.io/proxy-send-timeout: ⟦"60"⟧, example.com/owner: ai-platform }

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            annotations: { example.com/owner: ai-platform }

          """, hidden: true),
      .allowed(
        """
        server: { requestTimeout: 60s }
        routing: { retries: 0, timeout: 60s }
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            nginx.ingress.kubernetes.io/proxy-read-timeout: "60"

        """),
    ]
  ) { context, findings in
    let timeout = context.spec.server.value.requestTimeout
    guard let longest = timeout.known else { return }
    for annotation in context.nginxAnnotations {
      guard ["proxy-read-timeout", "proxy-send-timeout"].contains(annotation.name.value.name),
        let seconds = Int64(annotation.value.text), SpecDuration.seconds(seconds) < longest
      else { continue }
      findings.add(
        "ingress-nginx gives up after \(SpecDuration.seconds(seconds)), and a request may take \(longest)",
        at: annotation.setting.span, label: "below \(longest)",
        related: timeout.isWritten ? [Diagnostic.Label(timeout.span, "the gateway waits as long")] : [],
        help: ["remove the annotation: `\(longest.secondsRoundedUp)` is compiled from `server.requestTimeout`"],
        fixIts: context.removing(context.removal(of: annotation)))
    }
  }
}
