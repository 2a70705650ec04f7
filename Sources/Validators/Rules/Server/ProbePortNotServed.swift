import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let probePortNotServed = Rule(
    4004, "probe-port-not-served", .error,
    summary: "a probe asks a port on which nothing listens",
    rationale: """
      The connection is refused, which counts as a failure of the probe. Leave `port` out and the probe follows
      `server.port`. LiteLLM can serve its health endpoints on a port of their own: that port is allowed when
      `SEPARATE_HEALTH_APP` is set.
      """,
    examples: [
      .flagged(
        "server:\n  port: 4000\n  probes:\n    liveness: { port: ⟦8080⟧ }\n",
        fixed: "server:\n  port: 4000\n  probes:\n    liveness: { port: 4000 }\n"),
      .allowed(
        """
        engine: { type: litellm, env: { SEPARATE_HEALTH_APP: "1" } }
        server:
          probes:
            liveness: { port: 4001 }

        """),
    ]
  ) { context, findings in
    let server = context.spec.server.value
    guard let engine = context.knownEngine, let port = server.port.known else { return }
    var served = [port]
    if engine == .litellm, context.environmentValue("SEPARATE_HEALTH_APP")?.value.isTrue == true {
      let written = context.environmentValue("SEPARATE_HEALTH_PORT")
      if let health = written == nil ? Port(4001) : written.flatMap({ try? Port(parsing: $0.value.text) }) {
        served.append(health)
      }
    }
    for probe in context.spec.resolvedProbes {
      guard let asked = probe.port.known, !served.contains(asked) else { continue }
      findings.add(
        "nothing listens on port \(asked), which the \(probe.kind.rawValue) probe asks", at: probe.port.span,
        label: "not served",
        related: server.port.isWritten ? [Diagnostic.Label(server.port.span, "the gateway listens here")] : [],
        help: ["write `\(port)`, or leave `port` out"],
        fixIts: [FixIt("write `\(port)`", .unsafe, replace: probe.port.span, with: "\(port)")])
    }
  }
}
