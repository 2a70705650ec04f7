import SourceDiagnostics

/// The policies that one token carries, weighed against each other.
public struct TokenPolicies: Sendable {
  /// A rule and the one that would decide in its place.
  struct Ranked: Sendable {
    let rule: EffectiveRule
    /// The most specific other rule that matches every path which the rule matches.
    let broader: EffectiveRule
  }

  /// The policies, in the order in which the token carries them.
  public let policies: [Policy]
  let mounts: KeyValueMounts
  /// The merged rules, those left out about which something else has been said already.
  let rules: [EffectiveRule]
  /// The rules that stand inside a broader one.
  let ranked: [Ranked]

  /// Weighs policies.
  ///
  /// - Parameters:
  ///   - policies: what the token carries, besides `default`.
  ///   - mounts: what is known about the paths.
  ///   - isExplained: rules about which something has been said already; nothing more is said about them.
  public init(
    _ policies: [Policy], on mounts: KeyValueMounts = .guessed, isExplained: (PolicyRule) -> Bool = { _ in false }
  ) {
    self.policies = policies
    self.mounts = mounts
    guard let acl = try? ACL(policies) else {
      (rules, ranked) = ([], [])
      return
    }
    let rules = acl.rules.filter { rule in !rule.contributors.contains { isExplained($0.rule) } }
    self.rules = rules
    ranked = rules.compactMap { rule in acl.broaderRule(than: rule).map { Ranked(rule: rule, broader: $0) } }
  }
}

extension ACL {
  /// The rule that would decide about the paths of a rule if that one were not there.
  func broaderRule(than rule: EffectiveRule) -> EffectiveRule? {
    index.allMatches(rule.pattern.samplePath)
      .filter { $0.pattern != rule.pattern && $0.priority < rule.priority }
      .max { $0.priority < $1.priority }
  }
}

extension PathPattern {
  /// A path that the pattern matches and that no other matches but by its wildcards: a character that nobody writes takes
  /// the place of each wildcard.
  var samplePath: [UInt8] {
    let stand: [UInt8] = [0x01]
    guard kind != .exact else { return bytes }
    guard kind == .segment else { return literalBytes + stand }
    let filled = segments.map { Self.isWildcard($0) ? stand : Array($0) }
    return Array(filled.joined(separator: [Self.slash])) + (endsInGlob ? stand : [])
  }
}

extension EffectiveRule {
  /// The first of the written rules that went into it.
  var firstRule: PolicyRule? { contributors.first?.rule }

  /// Where its pattern stands, if it comes from a file.
  var patternSpan: SourceSpan? { firstRule?.primarySpan }

  /// The pattern between quotes, with the policy that holds it when there are several.
  var name: String { "`\(pattern)`" }
}
