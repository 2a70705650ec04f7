import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let livenessDependsOnDatabase = Rule(
    4007, "liveness-depends-on-database", .warning,
    summary: "the liveness probe fails when the database does",
    rationale: """
      A failed liveness probe restarts the container, and a restart does not bring a database back. Every replica is
      restarted at once, in-flight requests are cut, and when the database returns all of them connect in the same second.
      Readiness may depend on the database: it takes pods out of the Service and puts them back.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    liveness: { path: ⟦/health/readiness⟧ }\n",
        fixed: "server:\n  probes:\n    liveness: { path: /health/liveliness }\n"),
      .allowed("server:\n  probes:\n    readiness: { path: /health/readiness }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, context.spec.database?.known != nil,
      let probe = context.spec.resolvedProbes.first(where: { $0.kind == .liveness }), let path = probe.path.known,
      let endpoint = context.engine.endpoints.endpoint(.get, at: path.text), endpoint.access == .open,
      endpoint.effects.contains(.dependsOnDatabase)
    else { return }
    let suggestion = context.engine.probePaths[.liveness]?.text ?? "/health/liveliness"
    findings.add(
      "the liveness probe's `\(path)` fails when the database is down", at: probe.path.span,
      label: "restarts every replica then", related: context.engineLabel, help: ["write `\(suggestion)`"],
      fixIts: [FixIt("write `\(suggestion)`", .unsafe, replace: probe.path.span, with: suggestion)])
  }
}
