import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let replicasFightAutoscaler = Rule(
    5009, "replicas-fight-autoscaler", .warning,
    summary: "a fixed number of replicas stands beside an autoscaler",
    rationale: """
      Where both reach the cluster, every apply sets the fixed number back and the autoscaler moves it away again: pods are
      killed at each deployment. The compiled Deployment carries no number when there is an autoscaler, so the line says
      something that does not hold.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: ⟦3⟧ }\nautoscaling: { min: 3, max: 6, cpu: 70% }\n",
        fixed: "engine: { type: litellm }\nautoscaling: { min: 3, max: 6, cpu: 70% }\n"),
      .allowed("engine: { type: litellm }\nautoscaling: { min: 3, max: 6, cpu: 70% }\n"),
    ]
  ) { context, findings in
    let replicas = context.spec.engine.value.replicas
    guard let autoscaling = context.spec.autoscaling, !autoscaling.isInvalid, replicas.isWritten else { return }
    findings.add(
      "`replicas: \(replicas.value)` does not hold beside an autoscaler", at: replicas.span, label: "has no effect",
      related: [Diagnostic.Label(autoscaling.keySpan, "the autoscaler decides")],
      help: ["remove it; `autoscaling.min` is the least that run"],
      fixIts: context.removing(context.removal(of: replicas), .safe))
  }
}
