import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let migrationRace = Rule(
    8003, "migration-race", .warning,
    summary: "several replicas bring the database up to date at once",
    rationale: """
      With `migrate: start` every replica runs the migrations when it starts. Two of them at once wait for each other's
      locks or fail half way, and the start takes so long that the probes kill the pod in the middle. A Job migrates once,
      before the first replica of the new release starts.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: 2 }\ndatabase: { url: { secret: database-url }, migrate: ⟦start⟧ }\n",
        fixed: "engine: { type: litellm, replicas: 2 }\ndatabase: { url: { secret: database-url }, migrate: job }\n"),
      .allowed("engine: { type: litellm, replicas: 1 }\ndatabase: { url: { secret: database-url }, migrate: start }\n"),
    ]
  ) { context, findings in
    guard let migrate = context.spec.database?.known?.migrate, migrate.known == .start,
      let replicas = context.mostReplicas, replicas.value > 1
    else { return }
    findings.add(
      "\(replicas.value) replicas would migrate the database at once", at: migrate.span, label: "each of them",
      related: replicas.isWritten ? [Diagnostic.Label(replicas.span, "\(replicas.value) replicas")] : [],
      help: ["write `migrate: job`"], fixIts: [FixIt("write `job`", .unsafe, replace: migrate.span, with: "job")])
  }
}
