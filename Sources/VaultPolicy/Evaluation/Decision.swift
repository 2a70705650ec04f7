/// What an ``ACL`` says about a request, and why.
public struct Decision: Sendable {
  /// Why a request is refused.
  public enum Denial: Hashable, Sendable {
    /// No rule matches the path; without a rule everything is refused.
    case noMatchingRule
    /// The deciding rule says `deny`.
    case explicitDeny
    /// The deciding rule does not grant this capability; what broader rules grant does not count.
    case missingCapability(Capability)
    /// The deciding rule wants the answer wrapped within these limits (zero: no limit), and it is not asked for so.
    case wrapping(minimum: Duration, maximum: Duration)
    /// The request lacks a parameter that the deciding rule requires.
    case missingParameter(String)
    /// The request has a parameter that the deciding rule denies, or with a value that it denies.
    case deniedParameter(String)
    /// The request has a parameter that the deciding rule does not allow, or with a value that it does not allow.
    case parameterNotAllowed(String)
  }

  /// Why it is refused; `nil` when it is allowed.
  public let denial: Denial?
  /// The rule that decided; `nil` when none matched, or none was asked (root, `help`).
  public let rule: EffectiveRule?
  /// Whether the token is a root token.
  public let isRoot: Bool

  /// Whether the request is allowed.
  public var isAllowed: Bool { denial == nil }

  /// Whether the deciding rule carries `sudo`.
  public var grantsSudo: Bool { isRoot || rule?.capabilities.contains(.sudo) == true }

  init(_ denial: Denial?, rule: EffectiveRule?, isRoot: Bool = false) {
    self.denial = denial
    self.rule = rule
    self.isRoot = isRoot
  }
}

/// A decision together with the rules that match the path as well and did not decide.
public struct Explanation: Sendable {
  /// A rule that matches and did not decide.
  public struct Loser: Sendable {
    /// The rule.
    public let rule: EffectiveRule
    /// What made it lose.
    public let reason: LossReason
  }

  /// Why a matching rule did not decide.
  public enum LossReason: Hashable, Sendable {
    /// The deciding rule is more specific; this is the first criterion in which they differ.
    case lessSpecific(PriorityCriterion)
    /// LIST only: the other form of the path, without or with its final slash, is tried first by these servers.
    case otherListForm
    /// LIST only: it is more specific but does not speak about `list`, and a rule that grants or denies it was taken.
    case saysNothingAboutList
    /// It differs from a `deny` only in case, and the `deny` holds for case variants.
    case caseVariantOfDeny
  }

  /// The decision.
  public let decision: Decision
  /// The others, the most specific first.
  public let losers: [Loser]
}
