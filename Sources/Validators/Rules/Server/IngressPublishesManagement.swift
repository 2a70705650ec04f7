import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let ingressPublishesManagement = Rule(
    4011, "ingress-publishes-management", .warning,
    summary: "more than the API is published: documentation, metrics, key management or the admin page",
    rationale: """
      Clients need `/v1`. Everything else is for the people who run the gateway: whoever reaches the admin page or `/key`
      can try master keys at leisure, the documentation lists what to try, and metrics tell who spends how much. Reach them
      from inside, with `kubectl port-forward` or over a host of their own behind a login.
      """,
    examples: [
      .flagged(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [⟦/⟧]\n",
        fixed: "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [/v1]\n"),
      .flagged(
        "ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [/v1, ⟦/key⟧, ⟦/metrics⟧]\n"
      ),
      .allowed("ingress:\n  host: gateway.example.com\n  tls: { secretName: gateway-tls }\n  paths: [/v1, /health]\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let paths = context.spec.ingress?.known?.paths?.known else { return }
    let kinds: [(Endpoint.Purpose, String)] = [
      (.documentation, "documentation"), (.metrics, "metrics"), (.management, "key management"),
      (.administration, "the admin page"),
    ]
    for path in paths {
      let covered = context.engine.endpoints.endpoints.filter { isPrefix(path.value.text, of: $0.path) }
      let published = kinds.filter { kind, _ in covered.contains { $0.purpose == kind } }.map(\.1)
      guard let last = published.last else { continue }
      let list = published.count > 1 ? published.dropLast().joined(separator: ", ") + " and " + last : last
      findings.add(
        "`\(path.value)` publishes \(list)", at: path.span, label: "more than the API", related: context.engineLabel,
        help: [path.value.text == "/" ? "write `/v1`" : "remove it, and reach it from inside the cluster"],
        fixIts: path.value.text == "/"
          ? [FixIt("write `/v1`", .unsafe, replace: path.span, with: "/v1")]
          : context.removing(context.removal(of: path)))
    }
  }
}
