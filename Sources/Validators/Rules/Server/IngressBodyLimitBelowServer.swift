import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressBodyLimitBelowServer = Rule(
    4022, "ingress-body-limit-below-server", .warning,
    summary: "the ingress refuses requests that the gateway would take",
    rationale: """
      A prompt with images or a long document has several megabytes. The proxy in front answers it with a 413 of its own, in
      HTML, which an SDK reports as an error of the API, and the gateway's log shows nothing. The compiled Ingress follows
      `server.maxBodySize`; an annotation in the spec replaces that.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            nginx.ingress.kubernetes.io/proxy-body-size: ⟦1m⟧
            example.com/owner: ai-platform

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            annotations:
              example.com/owner: ai-platform

          """),
      .allowed(
        """
        server: { maxBodySize: 8Mi }
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations:
            nginx.ingress.kubernetes.io/proxy-body-size: 8m

        """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          annotations: { nginx.ingress.kubernetes.io/proxy-body-size: "0" }

        """, hidden: true),
    ]
  ) { context, findings in
    let size = context.spec.server.value.maxBodySize
    guard let largest = size.known, largest.isWhole else { return }
    for annotation in context.nginxAnnotations where annotation.name.value.name == "proxy-body-size" {
      guard let allowed = nginxBytes(annotation.value.text), allowed > 0, allowed < largest.byteCount else { continue }
      findings.add(
        "ingress-nginx takes bodies of at most \(annotation.value.text), and the gateway takes \(largest)",
        at: annotation.setting.span, label: "\(allowed) < \(largest.byteCount) bytes",
        related: size.isWritten ? [Diagnostic.Label(size.span, "the gateway's own limit")] : [],
        help: ["remove the annotation: the limit is compiled from `server.maxBodySize`"],
        fixIts: context.removing(context.removal(of: annotation)))
    }
  }

  /// A size as nginx writes it: bytes, or `k`, `m` or `g` of 1,024 (nginx documentation, "Configuration file measurement
  /// units"). 0 stands for no limit.
  private static func nginxBytes(_ text: String) -> Int64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let factors: [String: Int64] = ["": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    guard let number = Int64(digits), let factor = factors[text.dropFirst(digits.count).lowercased()] else {
      return nil
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
