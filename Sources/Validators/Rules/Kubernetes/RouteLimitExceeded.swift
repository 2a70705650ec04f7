import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let routeLimitExceeded = Rule(
    6014, "route-limit-exceeded", .error,
    summary: "more paths are published than an HTTPRoute may have",
    rationale: """
      The Gateway API takes at most 128 matches in one HTTPRoute, 64 in one rule. The limit is a CEL rule of the CRD, which
      tools that check against the schema alone do not see: the API server is the first to refuse the route.
      """,
    examples: [
      .flagged(
        """
        ingress:
          host: gateway.example.com
          controller: gateway-api
          gateway: { name: public }
          paths: ⟦[\((1...129).map { "/v1/models/\($0)" }.joined(separator: ", "))]⟧

        """, hidden: true),
      .allowed(
        "ingress: { host: gateway.example.com, controller: gateway-api, gateway: { name: public }, paths: [/v1] }\n"),
    ]
  ) { context, findings in
    guard let ingress = context.spec.ingress?.known, ingress.controller.known == .gatewayAPI,
      let paths = ingress.paths, let count = paths.known?.count, count > mostMatches
    else { return }
    findings.add(
      "\(count) paths > the \(mostMatches) that an HTTPRoute may have", at: paths.span, label: "too many",
      help: ["publish a prefix such as `/v1` in the place of many paths below it"])
  }

  /// The most matches of one HTTPRoute, over all its rules (Gateway API, `HTTPRouteSpec`).
  private static let mostMatches = 128
}
