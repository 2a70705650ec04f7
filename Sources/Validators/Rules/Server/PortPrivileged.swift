import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let portPrivileged = Rule(
    4032, "port-privileged", .warning,
    summary: "the gateway listens on a port below 1024",
    rationale: """
      The compiled pod runs as an ordinary user without any capability, as Pod Security `restricted` asks. Whether such a
      process may listen below 1024 depends on the node's container runtime; where it may not, the container ends with
      "permission denied" as soon as it starts. The Service can be reached under any port all the same.
      """,
    examples: [
      .flagged("server: { port: ⟦80⟧ }\n", fixed: "server: { port: 8080 }\n"),
      .allowed("server: { port: 4000 }\n"),
    ]
  ) { context, findings in
    let port = context.spec.server.value.port
    guard let written = port.known, written.isPrivileged else { return }
    let other = Int(written.number) + 8000
    findings.add(
      "an ordinary user may not listen on port \(written) everywhere", at: port.span, label: "below 1024",
      help: ["write `\(other)`"], fixIts: [FixIt("write `\(other)`", .unsafe, replace: port.span, with: "\(other)")])
  }
}
