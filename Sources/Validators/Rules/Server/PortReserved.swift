import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let portReserved = Rule(
    4033, "port-reserved", .warning,
    summary: "the gateway listens on a port that something else in a cluster takes",
    rationale: """
      Istio's sidecar listens in the same pod, so that a port of its own is refused to the gateway the day the namespace is
      put into the mesh. The kubelet's ports and those of Services of type NodePort belong to the nodes, where firewalls and
      scanners take them for something else.
      """,
    examples: [
      .flagged("server: { port: ⟦15021⟧ }\n", fixed: "server: { port: 4000 }\n"),
      .allowed("server: { port: 8080 }\n"),
    ]
  ) { context, findings in
    let port = context.spec.server.value.port
    guard let written = port.known, let owner = written.reservation else { return }
    findings.add(
      "port \(written) is taken by \(owner)", at: port.span, label: "not free everywhere", help: ["write `4000`"],
      fixIts: [FixIt("write `4000`", .unsafe, replace: port.span, with: "4000")])
  }
}
