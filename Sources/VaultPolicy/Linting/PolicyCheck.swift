public import SourceDiagnostics

/// One check of policies by themselves: what Vault accepts and nobody means.
///
/// A check knows nothing of a gateway, so that `sluice policy check` and the linter of specs share it.
public struct PolicyCheck: Sendable {
  /// What a check looks at. The first argument is the kind of its findings.
  enum Body: Sendable {
    /// One rule at a time.
    case rule(@Sendable (RuleDescription, PolicyRule, KeyValueMounts) -> Diagnostic?)
    /// The rules of one policy.
    case rules(@Sendable (RuleDescription, [PolicyRule]) -> [Diagnostic])
    /// All rules of one token, because they are weighed against each other.
    case token(@Sendable (RuleDescription, TokenPolicies) -> [Diagnostic])
  }

  /// Code, severity, rationale and examples.
  public let description: RuleDescription
  private let body: Body

  /// Makes a check. `number` is its code.
  init(
    _ number: Int, _ slug: String, _ severity: Severity, summary: String, rationale: String, examples: [RuleExample],
    _ body: Body
  ) {
    description = RuleDescription(
      number, slug, severity, summary: summary, rationale: rationale, examples: examples)
    self.body = body
  }

  /// All checks, by code.
  public static let all: [PolicyCheck] = [
    .listOnDataPath, .policyGrantsSudo, .policyGrantsEverything, .ruleShadowed, .broadDenyIneffective, .parametersOnKV2,
    .templateCanBeUnresolved, .resultDependsOnVaultVersion, .createWithoutUpdate, .globWithoutSlash,
    .unmatchablePattern, .ruleWithoutCapabilities, .grantBesideDeny, .legacyPolicyKey, .patternWrittenTwice,
  ]

  /// What it finds in the rules of one policy. Nothing, for a check that weighs the rules of a whole token.
  public func diagnostics(in rules: [PolicyRule], on mounts: KeyValueMounts = .guessed) -> [Diagnostic] {
    switch body {
    case .rule(let check): rules.compactMap { check(description, $0, mounts) }
    case .rules(let check): check(description, rules)
    case .token: []
    }
  }

  /// What it finds among the policies of one token. Nothing, for a check that looks at one policy.
  public func diagnostics(for token: TokenPolicies) -> [Diagnostic] {
    guard case .token(let check) = body else { return [] }
    return check(description, token)
  }

  /// Everything that all checks find in a policy that is the only one of its token.
  public static func diagnostics(in policy: Policy) -> [Diagnostic] {
    let token = TokenPolicies([policy])
    return all.flatMap { $0.diagnostics(in: policy.rules) + $0.diagnostics(for: token) }.sortedForDisplay()
  }
}
