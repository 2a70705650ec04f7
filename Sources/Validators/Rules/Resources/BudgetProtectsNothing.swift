import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let budgetProtectsNothing = Rule(
    5017, "budget-protects-nothing", .warning,
    summary: "the disruption budget lets all replicas go at once",
    rationale: """
      A budget is there so that maintenance takes replicas one after the other. One that allows all of them to be away at
      the same time allows a drain of two nodes to be an outage, and hides that there is no protection: without the section
      the compiled budget lets one go at a time.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: 2 }\ndisruption: { minAvailable: ⟦0⟧ }\n",
        fixed: "engine: { type: litellm, replicas: 2 }\ndisruption: { maxUnavailable: 1 }\n"),
      .flagged("engine: { type: litellm, replicas: 3 }\ndisruption: { maxUnavailable: ⟦100%⟧ }\n"),
      .allowed("engine: { type: litellm, replicas: 2 }\ndisruption: { maxUnavailable: 1 }\n"),
    ]
  ) { context, findings in
    guard let budget = context.disruptionBudget, budget.replicas.value > 1, budget.leaving == budget.replicas.value,
      !budget.isRoundedToTheEnd
    else { return }
    findings.add(
      "all \(budget.replicas.value) replicas may be away at once", at: budget.setting.span, label: "protects none",
      related: budget.replicasLabel, help: ["write `maxUnavailable: 1`"], fixIts: [budget.onePodFix])
  }
}
