import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressWithoutAPI = Rule(
    4030, "ingress-without-api", .warning,
    summary: "no published path leads to the API",
    rationale: """
      Clients call `/v1/chat/completions` and its neighbours. A list of paths replaces the default `/v1`: when `/health` was
      meant to be added to it and stands there alone, every client gets a 404 from the ingress while the pods look healthy.
      """,
    examples: [
      .flagged("ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: ⟦[/health]⟧\n"),
      .allowed("ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [/v1, /health]\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let paths = context.spec.ingress?.known?.paths, paths.isWritten,
      paths.value.isComplete
    else { return }
    let endpoints = context.engine.endpoints.endpoints
    var published: Set<Endpoint.Purpose> = []
    for path in paths.value {
      let covered = endpoints.filter { isPrefix(path.value.text, of: $0.path) || $0.matches(path: path.value.text) }
      // GW4010 has said that nothing is served there: the API may be what was meant.
      if covered.isEmpty { return }
      published.formUnion(covered.map(\.purpose))
    }
    guard !published.contains(.inference) else { return }
    findings.add(
      "no published path leads to the API", at: paths.span, label: "without `/v1`", related: context.engineLabel,
      help: ["add `/v1`"])
  }
}
