import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let singleReplica = Rule(
    5010, "single-replica", .warning,
    summary: "a single replica runs",
    rationale: """
      With one replica every node drain, every rollout of a rotated secret and every crash is an outage for all clients.
      A disruption budget cannot help: it would only block the drain. A gateway that only answers from the built-in mock
      is left alone.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: ⟦1⟧ }\n", fixed: "engine: { type: litellm, replicas: 2 }\n"),
      .flagged("engine: { type: litellm }\nautoscaling: { min: ⟦1⟧, max: 6, cpu: 70% }\n"),
      .allowed("engine: { type: litellm, replicas: 2 }\n"),
      .allowed(
        """
        engine: { type: sluice, replicas: 1 }
        providers: { mock: { type: mock } }
        secrets: { entries: { master-key: {} } }
        models: { echo: { targets: [{ provider: mock, model: echo }] } }

        """, base: .sluice, hidden: true),
    ]
  ) { context, findings in
    let replicas = context.spec.autoscaling.map { $0.value.min } ?? context.spec.engine.value.replicas
    let least = context.spec.bounds.value.replicas.value.min?.known ?? 1
    guard replicas.isWritten, replicas.value == 1, least <= 1,
      context.spec.providers.value.contains(where: { $0.value.type.known?.descriptor.dialect != .mock })
    else { return }
    findings.add(
      "one replica is all that is sure to run", at: replicas.span, label: "no second one",
      help: ["write `2` or more"],
      fixIts: [FixIt("write `2`", .unsafe, replace: replicas.span, with: "2")])
  }
}
