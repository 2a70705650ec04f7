import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let limitOutOfBounds = Rule(
    5001, "limit-out-of-bounds", .error,
    summary: "a resource limit lies outside the organisation's bounds",
    rationale: """
      The section `bounds` says what the platform grants: a limit above it is refused by a LimitRange or starves the
      neighbours on the node, one below it is a replica that the platform team knows to be too small to run.
      """,
    examples: [
      .flagged(
        """
        resources:
          limits: { cpu: ⟦8⟧, memory: 1Gi }
        bounds:
          cpu: { min: 100m, max: 4 }

        """,
        fixed: """
          resources:
            limits: { cpu: 4, memory: 1Gi }
          bounds:
            cpu: { min: 100m, max: 4 }

          """),
      .flagged(
        """
        resources:
          limits: { cpu: 1, memory: ⟦12Gi⟧ }
        bounds:
          memory: { max: 8Gi }

        """),
      .allowed(
        """
        resources:
          limits: { cpu: 4000m, memory: 8Gi }
        bounds:
          cpu: { min: 100m, max: 4 }
          memory: { max: 8192Mi }

        """),
    ]
  ) { context, findings in
    let limits = context.spec.resources.value.limits.value
    let bounds = context.spec.bounds.value
    checkBounds(of: limits.cpu.aboveZero, "CPU limit", within: bounds.cpu, &findings)
    checkBounds(of: limits.memory.wholeBytes, "memory limit", within: bounds.memory, &findings)
  }

  /// Reports an amount that lies outside its bounds, and shows the bound. An amount that is not written is a default: the
  /// bound is what can be changed then.
  static func checkBounds<Amount: SpecScalar & Comparable>(
    of amount: Setting<Amount>?, _ name: String, within bounds: Setting<BoundsSection.Range<Amount>>,
    _ findings: inout Findings
  ) {
    guard let amount, let value = amount.known else { return }
    func report(_ bound: Setting<Amount>, _ relation: String, _ label: String, _ help: String) {
      if amount.isWritten {
        findings.add(
          "the \(name) `\(value)` is \(relation) the bound `\(bound.value)`", at: amount.span, label: label,
          related: [Diagnostic.Label(bound.span, "the bound is here")], help: [help],
          fixIts: [FixIt("write `\(bound.value)`", .unsafe, replace: amount.span, with: "\(bound.value)")])
      } else {
        findings.add(
          "the \(name), by default `\(value)`, is \(relation) this bound", at: bound.span, label: "the bound",
          help: ["write the \(name): \(help.dropFirst("write ".count))"])
      }
    }
    if let maximum = bounds.value.max, let bound = maximum.known, value > bound {
      report(maximum, "above", "more than \(bound)", "write `\(bound)` or less")
    }
    if let minimum = bounds.value.min, let bound = minimum.known, value < bound {
      report(minimum, "below", "less than \(bound)", "write `\(bound)` or more")
    }
  }
}
