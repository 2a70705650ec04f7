import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let readinessSameAsLiveness = Rule(
    4017, "readiness-same-as-liveness", .warning,
    summary: "the readiness and the liveness probe ask the same endpoint",
    rationale: """
      The two probes have opposite tasks. Readiness takes a pod out of the Service while it cannot serve and puts it back;
      liveness restarts a process that will not recover. Where both ask one endpoint, either a pod that only waits for
      something is killed with all its streams, or one that drains goes on getting requests until it is gone.
      """,
    examples: [
      .flagged(
        "server:\n  probes:\n    readiness: { path: ⟦/health/liveliness⟧ }\n",
        fixed: "server:\n  probes:\n    readiness: { path: /health/readiness }\n"),
      .flagged("server: { probes: { liveness: { path: ⟦/health/readiness⟧ } } }\n", base: .sluice),
      .allowed(
        "server:\n  probes:\n    liveness: { path: /health/liveness }\n    readiness: { path: /health/readiness }\n"),
    ]
  ) { context, findings in
    let probes = context.spec.resolvedProbes
    guard context.knownEngine != nil, let liveness = probes.first(where: { $0.kind == .liveness }),
      let readiness = probes.first(where: { $0.kind == .readiness }), let path = liveness.path.known,
      readiness.path.known == path, let port = liveness.port.known, readiness.port.known == port,
      let endpoint = context.engine.endpoints.endpoint(.get, at: path.text), endpoint.access == .open
    else { return }
    let isReadinessWrong = readiness.path.isWritten && path != context.engine.probePaths[.readiness]
    // GW4007 says more about a liveness probe that asks the database.
    if !isReadinessWrong, context.spec.database != nil, endpoint.effects.contains(.dependsOnDatabase) { return }
    let (wrong, other) = isReadinessWrong ? (readiness, liveness) : (liveness, readiness)
    guard wrong.path.isWritten, let own = context.engine.probePaths[wrong.kind], own != path else { return }
    findings.add(
      "the \(wrong.kind.rawValue) probe asks `\(path)` as the \(other.kind.rawValue) probe does", at: wrong.path.span,
      label: "the same endpoint",
      related: other.path.isWritten ? [Diagnostic.Label(other.path.span, "the \(other.kind.rawValue) probe")] : [],
      help: ["write `\(own)`"],
      fixIts: [FixIt("write `\(own)`", .unsafe, replace: wrong.path.span, with: own.text)])
  }
}
