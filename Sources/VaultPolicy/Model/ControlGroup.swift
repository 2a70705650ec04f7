/// Approvals that a request needs before it is answered (Vault Enterprise). Stored and checked on writing; the
/// evaluator does not wait for approvals.
public struct ControlGroup: Hashable, Sendable {
  /// One group of people who have to approve.
  public struct Factor: Hashable, Sendable {
    /// The label of the factor.
    public let name: String
    /// Ids of groups whose members may approve.
    public let groupIDs: [String]
    /// Names of groups whose members may approve.
    public let groupNames: [String]
    /// How many approvals are needed, at least 1.
    public let approvals: Int
    /// The capabilities that need approval; none stands for all of the rule.
    public let controlledCapabilities: CapabilitySet

    /// Makes a factor.
    public init(
      name: String, groupIDs: [String] = [], groupNames: [String] = [], approvals: Int,
      controlledCapabilities: CapabilitySet = []
    ) {
      self.name = name
      self.groupIDs = groupIDs
      self.groupNames = groupNames
      self.approvals = approvals
      self.controlledCapabilities = controlledCapabilities
    }
  }

  /// How long an approval holds.
  public let ttl: Duration?
  /// At least one.
  public let factors: [Factor]

  /// Makes a control group.
  public init(ttl: Duration? = nil, factors: [Factor]) {
    self.ttl = ttl
    self.factors = factors
  }
}
