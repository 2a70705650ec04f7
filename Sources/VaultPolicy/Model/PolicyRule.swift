public import SourceDiagnostics

/// One `path` block of a policy: a pattern and what it grants.
public struct PolicyRule: Hashable, Sendable {
  /// Which paths it is about.
  public var pattern: PathPattern
  /// The capabilities as written, without those of ``legacyPolicy``. None at all is legal: such a rule grants nothing
  /// and still outranks broader ones.
  public var capabilities: CapabilitySet
  /// The old key `policy`.
  public var legacyPolicy: LegacyPolicy?
  /// Parameters that a request may have; `nil` or none puts no limit.
  public var allowedParameters: ParameterConstraints?
  /// Parameters that a request must not have.
  public var deniedParameters: ParameterConstraints?
  /// Parameters that a request must have, also a plain read.
  public var requiredParameters: [String]
  /// The shortest time for which an answer may be wrapped. Above zero it makes wrapping obligatory.
  public var minWrappingTTL: Duration?
  /// The longest time for which an answer may be wrapped. Above zero it makes wrapping obligatory.
  public var maxWrappingTTL: Duration?
  /// Names of MFA methods (Enterprise); stored only.
  public var mfaMethods: [String]
  /// Approvals that a request needs (Enterprise); stored only.
  public var controlGroup: ControlGroup?
  /// The event types that `subscribe` is about; stored only.
  public var subscribeEventTypes: [String]
  /// Free text without effect.
  public var comment: String?
  /// Where it stands, when it comes from a file.
  public var spans: RuleSpans?

  /// Makes a rule, in code or from another notation whose places go into `spans`.
  public init(
    _ pattern: PathPattern, _ capabilities: CapabilitySet, legacyPolicy: LegacyPolicy? = nil,
    allowedParameters: ParameterConstraints? = nil, deniedParameters: ParameterConstraints? = nil,
    requiredParameters: [String] = [], minWrappingTTL: Duration? = nil, maxWrappingTTL: Duration? = nil,
    mfaMethods: [String] = [], controlGroup: ControlGroup? = nil, subscribeEventTypes: [String] = [],
    comment: String? = nil, spans: RuleSpans? = nil
  ) {
    self.pattern = pattern
    self.capabilities = capabilities
    self.legacyPolicy = legacyPolicy
    self.allowedParameters = allowedParameters
    self.deniedParameters = deniedParameters
    self.requiredParameters = requiredParameters
    self.minWrappingTTL = minWrappingTTL
    self.maxWrappingTTL = maxWrappingTTL
    self.mfaMethods = mfaMethods
    self.controlGroup = controlGroup
    self.subscribeEventTypes = subscribeEventTypes
    self.comment = comment
    self.spans = spans
  }

  /// What it grants once the old key is counted in and `deny` has taken the others away.
  public var effectiveCapabilities: CapabilitySet {
    capabilities.union(legacyPolicy?.capabilities ?? []).effective
  }

  /// The place of the pattern, or of the whole rule, if it comes from a file.
  public var primarySpan: SourceSpan? { spans?.pattern ?? spans?.rule }

  /// The same rule without places, for comparison.
  public var withoutSpans: PolicyRule {
    var copy = self
    copy.spans = nil
    return copy
  }
}

/// The places of a rule and of its parts.
public struct RuleSpans: Hashable, Sendable {
  /// The key and the value of an attribute.
  public struct Attribute: Hashable, Sendable {
    /// The name.
    public let key: SourceSpan
    /// What it is set to.
    public let value: SourceSpan

    /// Makes the places of an attribute.
    public init(key: SourceSpan, value: SourceSpan) {
      self.key = key
      self.value = value
    }
  }

  /// How texts are written there.
  public let notation: Notation
  /// The whole rule.
  public let rule: SourceSpan
  /// The pattern, with its quotes.
  public let pattern: SourceSpan
  /// Each capability where it is first written, with its quotes.
  public let capabilities: [Capability: SourceSpan]
  /// The attributes by name; of one that is written twice, the last.
  public let attributes: [String: Attribute]

  /// Makes the places of a rule.
  public init(
    _ notation: Notation = .policyFile, rule: SourceSpan, pattern: SourceSpan,
    capabilities: [Capability: SourceSpan] = [:], attributes: [String: Attribute] = [:]
  ) {
    self.notation = notation
    self.rule = rule
    self.pattern = pattern
    self.capabilities = capabilities
    self.attributes = attributes
  }
}
