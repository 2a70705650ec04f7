import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressPathNotServed = Rule(
    4010, "ingress-path-not-served", .warning,
    summary: "a path is published under which the engine serves nothing",
    rationale: """
      The paths of an ingress are prefixes, segment by segment: `/v1` publishes everything below it and nothing else. A
      prefix of no endpoint sends clients a 404, and the endpoint that was meant stays unreachable.
      """,
    examples: [
      .flagged(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [⟦/api/v1⟧, /v1]\n"),
      .flagged(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [⟦/v1/chats⟧]\n",
        fixed: "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [/v1/chat]\n"),
      .allowed(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [/v1, /health/readiness]\n"
      ),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let paths = context.spec.ingress?.known?.paths?.known else { return }
    let endpoints = context.engine.endpoints.endpoints
    for path in paths {
      let text = path.value.text
      if endpoints.contains(where: { $0.matches(path: text) || isPrefix(text, of: $0.path) }) { continue }
      let served = Set(endpoints.flatMap { prefixes(of: $0.path) })
      let nearest = NameSuggestion.nearest(to: text, among: served)
      findings.add(
        "\(context.engineName) serves nothing under `\(text)`", at: path.span, label: "not served",
        related: context.engineLabel,
        help: [nearest.map { "a path with a similar name is served: `\($0)`" } ?? "remove it"],
        fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, replace: path.span, with: $0)] } ?? [])
    }
  }

  /// Whether a path is a prefix of another, segment by segment.
  static func isPrefix(_ prefix: String, of path: String) -> Bool {
    let own = prefix.hasSuffix("/") ? prefix.dropLast() : prefix[...]
    guard path.hasPrefix(own) else { return false }
    return path.utf8.count == own.utf8.count || path.utf8.dropFirst(own.utf8.count).first == UInt8(ascii: "/")
  }

  /// The path and everything that it lies below, without placeholders.
  private static func prefixes(of path: String) -> [String] {
    let segments = path.split(separator: "/").prefix { !$0.hasPrefix("{") }
    return segments.indices.map { "/" + segments[...$0].joined(separator: "/") }
  }
}
