/// The rules of a token in a form that answers quickly: all its policies, merged and indexed.
public struct ACL: Sendable {
  /// What differs from server to server and from token to token.
  public struct Options: Sendable, Hashable {
    /// The servers whose decisions are wanted.
    public var profile: VersionProfile
    /// Whether the policy `default` is attached too, as it is to every token that does not refuse it. It is not added
    /// when a policy of that name is given.
    public var includesDefaultPolicy: Bool
    /// Whether a `/` in the value of a template drops the rule; OpenBao always does.
    public var deniesSlashInTemplates: Bool
    /// How values of parameters are compared.
    public var parameterMatching: ParameterMatching

    /// Makes options.
    public init(
      profile: VersionProfile = .denyAware, includesDefaultPolicy: Bool = false, deniesSlashInTemplates: Bool = false,
      parameterMatching: ParameterMatching = .elementwise
    ) {
      self.profile = profile
      self.includesDefaultPolicy = includesDefaultPolicy
      self.deniesSlashInTemplates = deniesSlashInTemplates
      self.parameterMatching = parameterMatching
    }
  }

  /// Why no ACL can be made.
  public enum ConstructionError: Error, Hashable, Sendable {
    /// The policy `root` may not be combined with others.
    case rootMustBeAlone
  }

  /// A rule that the server leaves out without a word.
  public struct DroppedRule: Hashable, Sendable {
    /// Why it is left out.
    public enum Reason: Hashable, Sendable {
      /// Its template cannot be filled in.
      case template(PatternTemplate.Failure)
      /// The server would have refused the whole policy: `+*`, or braces that do not pair up.
      case malformedPattern
    }

    /// The policy that holds the rule.
    public let policy: String?
    /// The rule.
    public let rule: PolicyRule
    /// Why it is left out.
    public let reason: Reason
  }

  /// The options it was made with.
  public let options: Options
  /// Whether it is that of a root token, which may do everything.
  public let isRoot: Bool
  /// The merged rules, in the order in which their patterns first appear.
  public let rules: [EffectiveRule]
  /// The rules of the given policies that do not count for this token.
  public let droppedRules: [DroppedRule]

  let index: RuleIndex
  /// The rules with `deny` by their pattern in lower case; for servers that deny case variants.
  let foldedDenies: RuleIndex?

  /// Merges and indexes the policies of a token. `identity` fills in templates; without one, rules with templates are
  /// dropped.
  public init(
    _ policies: [Policy], options: Options = Options(), identity: Identity? = nil
  ) throws(ConstructionError) {
    let names = policies.map { $0.name.map { PolicyName.normalized($0) } }
    isRoot = names.contains(PolicyName.root)
    if isRoot, policies.count > 1 { throw .rootMustBeAlone }
    self.options = options

    var contributors: [PathPattern: [EffectiveRule.Contributor]] = [:]
    var patterns: [PathPattern] = []
    var dropped: [DroppedRule] = []
    let addsDefault = options.includesDefaultPolicy && !isRoot && !names.contains(PolicyName.default)
    for policy in policies + (addsDefault ? [.default] : []) {
      for rule in policy.rules {
        switch Self.pattern(of: rule, identity: identity, options: options) {
        case .success(let pattern):
          if contributors[pattern] == nil { patterns.append(pattern) }
          contributors[pattern, default: []].append(.init(policy: policy.name, rule: rule))
        case .failure(let failure):
          if addsDefault, policy.name == Policy.default.name { continue }
          dropped.append(DroppedRule(policy: policy.name, rule: rule, reason: failure.reason))
        }
      }
    }
    rules = patterns.map { EffectiveRule(pattern: $0, contributors: contributors[$0] ?? []) }
    droppedRules = dropped
    index = RuleIndex(rules)
    foldedDenies =
      options.profile == .denyAwareCaseInsensitive
      ? RuleIndex(rules.filter { $0.capabilities.contains(.deny) }) { PathPattern($0.text.lowercased()) } : nil
  }

  private struct PatternFailure: Error {
    let reason: DroppedRule.Reason
  }

  private static func pattern(
    of rule: PolicyRule, identity: Identity?, options: Options
  ) -> Result<PathPattern, PatternFailure> {
    guard !rule.pattern.hasForbiddenWildcards else { return .failure(PatternFailure(reason: .malformedPattern)) }
    guard rule.pattern.isTemplated else { return .success(rule.pattern) }
    guard let template = PatternTemplate(rule.pattern.written) else {
      return .failure(PatternFailure(reason: .malformedPattern))
    }
    do throws(PatternTemplate.Failure) {
      let deniesSlash = options.deniesSlashInTemplates || options.profile.isOpenBao
      return .success(PathPattern(try template.filled(for: identity, deniesSlash: deniesSlash)))
    } catch {
      return .failure(PatternFailure(reason: .template(error)))
    }
  }
}
