/// All rules of a token that have one pattern, merged as Vault merges them.
///
/// `deny` in one of them absorbs the others. Otherwise capabilities and constraints are united, and of two wrapping
/// times the lower one holds.
public final class EffectiveRule: Sendable {
  /// A rule that went into it.
  public struct Contributor: Hashable, Sendable {
    /// The policy that holds the rule.
    public let policy: String?
    /// The rule as written, with its places; a template in its pattern is not filled in.
    public let rule: PolicyRule
  }

  /// The pattern, with templates filled in.
  public let pattern: PathPattern
  /// What it grants; `deny` stands alone.
  public let capabilities: CapabilitySet
  /// The rules that were merged, in the order of the policies.
  public let contributors: [Contributor]
  /// Where it stands among the rules that match one path.
  public let priority: PatternPriority

  let minWrappingTTL: Duration
  let maxWrappingTTL: Duration
  let allowedParameters: [String: [ParameterValue]]
  let deniedParameters: [String: [ParameterValue]]
  let requiredParameters: [String]

  /// The rules that take part in what is decided about this capability: those with `deny` if one has it, else those
  /// that grant it.
  public func contributors(deciding capability: Capability) -> [Contributor] {
    let wanted = capabilities.contains(.deny) ? .deny : capability
    return contributors.filter { $0.rule.effectiveCapabilities.contains(wanted) }
  }

  init(pattern: PathPattern, contributors: [Contributor]) {
    self.pattern = pattern
    self.contributors = contributors
    priority = PatternPriority(pattern)
    let rules = contributors.map(\.rule)
    let united = rules.reduce(into: CapabilitySet()) { $0.formUnion($1.effectiveCapabilities) }
    capabilities = united.effective
    // A rule with `deny` brings no limits along, but one that denies is never asked for them.
    minWrappingTTL = Self.lowest(rules.compactMap(\.minWrappingTTL))
    maxWrappingTTL = Self.lowest(rules.compactMap(\.maxWrappingTTL))
    allowedParameters = Self.merged(rules.compactMap(\.allowedParameters))
    deniedParameters = Self.merged(rules.compactMap(\.deniedParameters))
    requiredParameters = rules.flatMap(\.requiredParameters).map { $0.lowercased() }
  }

  /// The lowest above zero. Zero and less mean "none".
  private static func lowest(_ durations: [Duration]) -> Duration {
    durations.filter { $0 > .zero }.min() ?? .zero
  }

  /// Unites values by name; an empty list, which stands for any value, wins over a list with values.
  private static func merged(_ constraints: [ParameterConstraints]) -> [String: [ParameterValue]] {
    constraints.map(\.valuesByName).reduce(into: [:]) { result, next in
      result.merge(next) { $0.isEmpty || $1.isEmpty ? [] : $0 + $1 }
    }
  }
}
