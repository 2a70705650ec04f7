import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let autoscalerRangeInvalid = Rule(
    5008, "autoscaler-range-invalid", .error,
    summary: "the autoscaler's least number of replicas is above its most",
    rationale: "The API server refuses a HorizontalPodAutoscaler whose `maxReplicas` is below its `minReplicas`.",
    examples: [
      .flagged(
        "autoscaling: { min: 6, max: ⟦3⟧, cpu: 70% }\n", fixed: "autoscaling: { min: 6, max: 6, cpu: 70% }\n"),
      .flagged("autoscaling: { max: ⟦1⟧, cpu: 70% }\n"),
      .allowed("autoscaling: { min: 3, max: 6, cpu: 70% }\n"),
    ]
  ) { context, findings in
    guard let section = context.spec.autoscaling?.known, let least = section.min.known, let most = section.max.known,
      least > most
    else { return }
    findings.add(
      "the autoscaler runs at least \(least)\(section.min.isWritten ? "" : ", the default,") and at most \(most) replicas",
      at: section.max.span, label: "below the least",
      related: section.min.isWritten ? [Diagnostic.Label(section.min.span, "the least")] : [],
      help: ["write `max: \(least)` or more, or a smaller `min`"],
      fixIts: [FixIt("write `\(least)`", .unsafe, replace: section.max.span, with: "\(least)")])
  }
}
