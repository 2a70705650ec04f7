extension ACL {
  /// Judges a request.
  public func decide(_ operation: Operation, _ path: String) -> Decision {
    decide(AccessRequest(operation, path))
  }

  /// Judges a request: the capability first, then the wrapping time, then the parameters.
  public func decide(_ request: AccessRequest) -> Decision {
    if isRoot { return Decision(nil, rule: nil, isRoot: true) }
    guard let needed = request.operation.capability else { return Decision(nil, rule: nil) }
    guard let rule = decidingRule(Self.bytes(of: request.path), isList: request.operation == .list) else {
      return Decision(.noMatchingRule, rule: nil)
    }
    return Decision(denial(of: request, needing: needed, by: rule), rule: rule)
  }

  /// The capabilities at a path, as `sys/capabilities-self` answers them: in the server's order, `["deny"]` for none,
  /// `["root"]` for a root token.
  public func capabilities(at path: String) -> [String] {
    if isRoot { return [PolicyName.root] }
    return effectiveCapabilities(at: path).lookupNames
  }

  /// The capabilities at a path as a set, `deny` alone when the deciding rule denies. Empty for a root token, which has
  /// no rules; see ``isRoot``. The path is matched as that of a LIST, as the server does for a look-up.
  public func effectiveCapabilities(at path: String) -> CapabilitySet {
    decidingRule(Self.bytes(of: path), isList: true)?.capabilities ?? []
  }

  /// Judges a request and tells which other rules match its path and what made them lose. Slower than ``decide(_:)``.
  public func explain(_ request: AccessRequest) -> Explanation {
    let decision = decide(request)
    guard let winner = decision.rule else { return Explanation(decision: decision, losers: []) }
    let path = Self.bytes(of: request.path)
    let isList = request.operation == .list
    var seen: Set<PathPattern> = [winner.pattern]
    let matches = index.allMatches(path) + (isList ? index.allMatches(Self.trimmed(path)) : [])
    let losers = matches.filter { seen.insert($0.pattern).inserted }
      .sorted { $0.priority > $1.priority }
      .map { Explanation.Loser(rule: $0, reason: lossReason(of: $0, against: winner, isList: isList)) }
    return Explanation(decision: decision, losers: losers)
  }

  private func denial(of request: AccessRequest, needing needed: Capability, by rule: EffectiveRule) -> Decision.Denial?
  {
    if rule.capabilities.contains(.deny) { return .explicitDeny }
    guard rule.capabilities.contains(needed) else { return .missingCapability(needed) }
    if let denial = rule.wrappingDenial(request.wrapTTL) { return denial }
    if request.operation.isCheckedForParameters,
      let denial = rule.parameterDenial(request.data, matching: options.parameterMatching)
    {
      return denial
    }
    return request.requiresSudo && !rule.capabilities.contains(.sudo) ? .missingCapability(.sudo) : nil
  }

  private func lossReason(
    of loser: EffectiveRule, against winner: EffectiveRule, isList: Bool
  ) -> Explanation.LossReason {
    if loser.priority < winner.priority, let criterion = winner.priority.firstDifference(from: loser.priority) {
      return .lessSpecific(criterion)
    }
    guard isList else { return .caseVariantOfDeny }
    return options.profile.weighsDenyForLists ? .saysNothingAboutList : .otherListForm
  }

  static func bytes(of path: String) -> [UInt8] {
    let utf8 = Array(path.utf8)
    return utf8.first == PathPattern.slash ? Array(utf8.drop { $0 == PathPattern.slash }) : utf8
  }

  static func trimmed(_ path: [UInt8]) -> [UInt8] { path.last == PathPattern.slash ? path.dropLast() : path }
}
