import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let budgetBlocksDrain = Rule(
    5015, "budget-blocks-drain", .warning,
    summary: "the disruption budget lets no replica go",
    rationale: """
      A node is drained by evicting its pods, and an eviction that the budget does not allow is refused until it does. A
      budget that never allows one holds up every upgrade of the cluster until somebody deletes it, which mostly happens in
      the middle of the night and without the protection that it was made for.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: 2 }\ndisruption: { minAvailable: ⟦2⟧ }\n",
        fixed: "engine: { type: litellm, replicas: 2 }\ndisruption: { maxUnavailable: 1 }\n"),
      .flagged("disruption: { maxUnavailable: ⟦0⟧ }\n"),
      .allowed("engine: { type: litellm, replicas: 3 }\ndisruption: { minAvailable: 2 }\n"),
    ]
  ) { context, findings in
    guard let budget = context.disruptionBudget, budget.leaving == 0, !budget.isRoundedToTheEnd else { return }
    let sum =
      budget.isLeast
      ? "\(budget.setting.value) of \(budget.replicas.value) replicas must stay" : "none may be away"
    findings.add(
      "\(sum), so that no node with one of them can be drained", at: budget.setting.span, label: "lets none go",
      related: budget.replicasLabel, help: ["write `maxUnavailable: 1`"], fixIts: [budget.onePodFix])
  }
}

/// A PodDisruptionBudget with the replicas that it counts.
struct DisruptionBudget {
  /// What is written.
  let setting: Setting<CountOrPercentage>
  /// Whether it says how many must stay, not how many may go.
  let isLeast: Bool
  /// The fewest replicas that run.
  let replicas: Setting<Int>

  /// How many pods the budget names. A percentage is rounded up, whichever of the two it is (Kubernetes, disruption
  /// controller, `getExpectedPodCount`).
  private var count: Int {
    switch setting.value {
    case .count(let count): count
    case .percentage(let share): (share.percent * replicas.value + 99) / 100
    }
  }

  /// How many replicas may go at once.
  var leaving: Int { isLeast ? max(0, replicas.value - count) : min(replicas.value, count) }

  /// Whether the rounding of a percentage leads to none or all of the replicas.
  var isRoundedToTheEnd: Bool {
    guard case .percentage(let share) = setting.value else { return false }
    return (1..<100).contains(share.percent) && count == replicas.value
  }

  /// Where the replicas are counted.
  var replicasLabel: [Diagnostic.Label] {
    replicas.isWritten ? [Diagnostic.Label(replicas.span, "\(replicas.value) replicas")] : []
  }

  /// Lets one pod go at a time.
  var onePodFix: FixIt {
    FixIt(
      "write `maxUnavailable: 1`", .unsafe,
      edits: [TextEdit(setting.keySpan, "maxUnavailable"), TextEdit(setting.span, "1")])
  }
}

extension RuleContext {
  /// The written disruption budget; `nil` if there is none, or nothing for it to count.
  var disruptionBudget: DisruptionBudget? {
    guard let section = spec.disruption?.known, let replicas = fewestReplicas, replicas.value > 0,
      let setting = section.minAvailable ?? section.maxUnavailable, !setting.isInvalid
    else { return nil }
    return DisruptionBudget(setting: setting, isLeast: section.minAvailable != nil, replicas: replicas)
  }
}
