import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let replicasOutOfBounds = Rule(
    5006, "replicas-out-of-bounds", .error,
    summary: "more or fewer replicas run than the organisation allows",
    rationale: """
      The upper bound keeps one gateway from taking the cluster, the database or a provider's quota; the lower bound is
      what the platform team asks of a service that others depend on. An autoscaler counts with its `max` and its `min`.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: ⟦1⟧ }\nbounds: { replicas: { min: 2, max: 20 } }\n",
        fixed: "engine: { type: litellm, replicas: 2 }\nbounds: { replicas: { min: 2, max: 20 } }\n"),
      .flagged("autoscaling: { min: 2, max: ⟦40⟧, cpu: 70% }\nbounds: { replicas: { min: 2, max: 20 } }\n"),
      .flagged("bounds: { replicas: { min: ⟦3⟧ } }\n"),
      .allowed("engine: { type: litellm, replicas: 2 }\nbounds: { replicas: { min: 2, max: 20 } }\n"),
    ]
  ) { context, findings in
    let bounds = context.spec.bounds.value.replicas
    if let autoscaling = context.spec.autoscaling {
      guard let section = autoscaling.known else { return }
      checkBounds(of: section.min, "lowest number of replicas", within: bounds, &findings)
      checkBounds(of: section.max, "highest number of replicas", within: bounds, &findings)
    } else if !context.spec.engine.isInvalid {
      checkBounds(of: context.spec.engine.value.replicas, "number of replicas", within: bounds, &findings)
    }
  }
}
