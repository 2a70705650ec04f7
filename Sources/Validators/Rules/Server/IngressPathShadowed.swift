import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressPathShadowed = Rule(
    4029, "ingress-path-shadowed", .warning,
    summary: "a path is published that another one publishes already",
    rationale: """
      Paths of an ingress are prefixes: `/v1` publishes `/v1/chat` too. The longer one looks as if it were needed, or as if
      removing it took the endpoint off the network, and neither is so. Some controllers refuse a path that stands twice.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          paths: [/v1, ⟦/v1/chat/completions⟧]

        """,
        fixed: """
          ingress:
            host: gateway.example.com
            tls: { secretName: gateway-tls }
            paths: [/v1]

          """),
      .allowed(
        """
        ingress:
          host: gateway.example.com
          tls: { secretName: gateway-tls }
          paths: [/v1/chat, /v1/models, /health]

        """),
    ]
  ) { context, findings in
    guard let paths = context.spec.ingress?.known?.paths?.known else { return }
    let places = Dictionary(paths.map { (segments(of: $0.value), $0) }, uniquingKeysWith: { first, _ in first })
    for path in paths {
      let own = segments(of: path.value)
      guard let cover = own.indices.lazy.compactMap({ places[own[..<$0]] }).first ?? places[own],
        cover.span != path.span
      else { continue }
      findings.add(
        "`\(path.value)` is published by `\(cover.value)` already", at: path.span, label: "adds nothing",
        related: [Diagnostic.Label(cover.span, "publishes everything below it")], help: ["remove it"],
        fixIts: context.removing(context.removal(of: path), .safe))
    }
  }

  private static func segments(of path: HTTPPath) -> ArraySlice<Substring> { path.text.split(separator: "/")[...] }
}
