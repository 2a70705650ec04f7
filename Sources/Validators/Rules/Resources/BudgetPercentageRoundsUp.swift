import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let budgetPercentageRoundsUp = Rule(
    5016, "budget-percentage-rounds-up", .warning,
    summary: "the percentage of a disruption budget is rounded up to none or to all of the replicas",
    rationale: """
      Kubernetes rounds the percentages of a PodDisruptionBudget up, those that must stay as well as those that may go. Of
      few replicas a share says something else than it seems: 90% of four that must stay are all four, and no node can be
      drained; 60% of two that may go are both, and a drain is an outage.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: 4 }\ndisruption: { minAvailable: ⟦90%⟧ }\n",
        fixed: "engine: { type: litellm, replicas: 4 }\ndisruption: { maxUnavailable: 1 }\n"),
      .flagged("engine: { type: litellm, replicas: 2 }\ndisruption: { maxUnavailable: ⟦60%⟧ }\n"),
      .allowed("engine: { type: litellm, replicas: 4 }\ndisruption: { maxUnavailable: 25% }\n"),
    ]
  ) { context, findings in
    guard let budget = context.disruptionBudget, budget.isRoundedToTheEnd, budget.isLeast || budget.replicas.value > 1,
      case .percentage(let share) = budget.setting.value
    else { return }
    let hundredths = share.percent * budget.replicas.value
    let exact = "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10 == 0 ? "" : "\(hundredths % 10)")"
    findings.add(
      "\(share) of \(budget.replicas.value) replicas = \(exact), rounded up to \(budget.replicas.value): "
        + (budget.isLeast ? "none may go" : "all may go at once"),
      at: budget.setting.span, label: "rounded up", related: budget.replicasLabel, help: ["write `maxUnavailable: 1`"],
      fixIts: [budget.onePodFix])
  }
}
