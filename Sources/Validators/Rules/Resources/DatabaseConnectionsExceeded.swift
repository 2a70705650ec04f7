import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let databaseConnectionsExceeded = Rule(
    5007, "database-connections-exceeded", .error,
    summary: "all replicas together open more connections than the database server leaves them",
    rationale: """
      Each replica holds a pool of its own, and of LiteLLM each worker does (`NUM_WORKERS`). When load brings the autoscaler to its most replicas, the last ones find no
      connection left: PostgreSQL answers "too many clients", their readiness fails, and other applications on the server
      fail with them. It happens at the busiest hour, which is why it should be counted beforehand.
      """,
    examples: [
      .flagged(
        """
        engine: { type: litellm, replicas: 4 }
        database: { url: { secret: database-url }, poolSize: 10, serverConnections: ⟦30⟧ }

        """,
        fixed: """
          engine: { type: litellm, replicas: 4 }
          database: { url: { secret: database-url }, poolSize: 7, serverConnections: 30 }

          """),
      .flagged(
        """
        engine: { type: litellm, replicas: 2, env: { NUM_WORKERS: "4" } }
        database: { url: { secret: database-url }, poolSize: 20, serverConnections: ⟦100⟧ }

        """),
      .flagged(
        """
        autoscaling: { min: 2, max: 12, cpu: 70% }
        database: { url: { secret: database-url }, serverConnections: ⟦100⟧ }

        """),
      .allowed(
        """
        autoscaling: { min: 2, max: 10, cpu: 70% }
        database: { url: { secret: database-url }, poolSize: 10, serverConnections: 100 }

        """),
    ]
  ) { context, findings in
    guard let database = context.spec.database?.known, let connections = database.serverConnections,
      let available = connections.known, let pool = database.poolSize.known, let replicas = context.mostReplicas
    else { return }
    // Each worker of LiteLLM opens a pool of its own.
    let workers = context.litellmWorkers
    let (pools, areTooMany) = replicas.value.multipliedReportingOverflow(by: workers?.count ?? 1)
    let (needed, areMore) = pools.multipliedReportingOverflow(by: pool)
    let overflow = areTooMany || areMore
    guard overflow || needed > available else { return }
    let parts = [
      replicas.isWritten ? Diagnostic.Label(replicas.span, "\(replicas.value) replicas") : nil,
      workers.map { Diagnostic.Label($0.variable.span, "\($0.count) workers each") },
      database.poolSize.isWritten ? Diagnostic.Label(database.poolSize.span, "\(pool) connections each") : nil,
    ]
    let product = "\(replicas.value) replicas x \(workers.map { "\($0.count) workers x " } ?? "")\(pool) connections"
    let fitting = overflow ? 0 : available / max(1, pools)
    findings.add(
      "\(product) = \(overflow ? "more than there are" : "\(needed)") > \(available)", at: connections.span,
      label: "all that there are", related: parts.compactMap(\.self),
      help: ["write `poolSize: \(max(1, fitting))` or less, or run fewer replicas"],
      fixIts: fitting > 0 && database.poolSize.isWritten
        ? [FixIt("write `poolSize: \(fitting)`", .unsafe, replace: database.poolSize.span, with: "\(fitting)")] : [])
  }
}
