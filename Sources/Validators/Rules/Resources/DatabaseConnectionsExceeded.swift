import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let databaseConnectionsExceeded = Rule(
    5007, "database-connections-exceeded", .error,
    summary: "all replicas together open more connections than the database server leaves them",
    rationale: """
      Each replica holds a pool of its own. When load brings the autoscaler to its most replicas, the last ones find no
      connection left: PostgreSQL answers "too many clients", their readiness fails, and other applications on the server
      fail with them. It happens at the busiest hour, which is why it should be counted beforehand.
      """,
    examples: [
      .flagged(
        """
        engine: { type: litellm, replicas: 4 }
        database: { url: { secret: database-url }, poolSize: 10, serverConnections: ⟦30⟧ }

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
    let (needed, overflow) = replicas.value.multipliedReportingOverflow(by: pool)
    guard overflow || needed > available else { return }
    let parts = [
      replicas.isWritten ? Diagnostic.Label(replicas.span, "\(replicas.value) replicas") : nil,
      database.poolSize.isWritten ? Diagnostic.Label(database.poolSize.span, "\(pool) connections each") : nil,
    ]
    let sum = overflow ? "more than there are" : "\(needed)"
    findings.add(
      "\(replicas.value) replicas x \(pool) connections = \(sum) > \(available)", at: connections.span,
      label: "all that there are", related: parts.compactMap(\.self),
      help: ["write `poolSize: \(max(1, available / max(1, replicas.value)))` or less, or run fewer replicas"])
  }
}
