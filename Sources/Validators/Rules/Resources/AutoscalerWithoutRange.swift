import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let autoscalerWithoutRange = Rule(
    5020, "autoscaler-without-range", .warning,
    summary: "the autoscaler's least and most number of replicas are the same",
    rationale: """
      An autoscaler between 3 and 3 decides nothing, and who reads `autoscaling` counts on it in the next peak. A fixed
      number is said by `engine.replicas`, which also shows in the Deployment.
      """,
    examples: [
      .flagged("autoscaling: { min: 3, max: ⟦3⟧, cpu: 70% }\n"),
      .allowed("autoscaling: { min: 3, max: 6, cpu: 70% }\n"),
    ]
  ) { context, findings in
    guard let section = context.spec.autoscaling?.known, let least = section.min.known, section.max.known == least
    else {
      return
    }
    findings.add(
      "the autoscaler runs \(least) replicas at least and at most", at: section.max.span, label: "nothing to decide",
      related: section.min.isWritten ? [Diagnostic.Label(section.min.span, "the least")] : [],
      help: ["write a larger `max`, or `engine: { replicas: \(least) }` in place of `autoscaling`"])
  }
}
