extension ACL {
  /// The rule that decides about a path without leading slashes.
  func decidingRule(_ path: [UInt8], isList: Bool) -> EffectiveRule? {
    let trimmed = isList ? Self.trimmed(path) : path
    if let rule = exactRule(path) { return rule }
    guard isList, trimmed.count < path.count else { return bestWildcardRule(path) }
    if let rule = exactRule(trimmed) { return rule }
    switch options.profile {
    case .trimmedFirst: return bestWildcardRule(trimmed) ?? bestWildcardRule(path)
    case .fullFirst: return bestWildcardRule(path) ?? bestWildcardRule(trimmed)
    case .denyAware, .denyAwareCaseInsensitive: return listRule(path, trimmed)
    }
  }

  /// A deny that differs only in case from a grant for exactly this path wins: the two would be one rule if case did
  /// not matter, and deny absorbs.
  private func exactRule(_ path: [UInt8]) -> EffectiveRule? {
    foldedDenies?.exactMatch(Self.folded(path)[...]) ?? index.exactMatch(path[...])
  }

  private func bestWildcardRule(_ path: [UInt8]) -> EffectiveRule? {
    let best = index.bestWildcardMatch(path)
    guard let foldedDenies, let deny = foldedDenies.bestWildcardMatch(Self.folded(path)) else { return best }
    return best.map { Self.outranks(deny, $0) ? deny : $0 } ?? deny
  }

  /// Weighs the rules of both forms of a LIST path: the best deny if it is more specific than the best rule that grants
  /// `list`, else that rule, else the most specific one.
  private func listRule(_ path: [UInt8], _ trimmed: [UInt8]) -> EffectiveRule? {
    var candidates = index.wildcardCandidates(path) + index.wildcardCandidates(trimmed)
    if let foldedDenies {
      candidates += foldedDenies.wildcardCandidates(Self.folded(path))
      candidates += foldedDenies.wildcardCandidates(Self.folded(trimmed))
    }
    let deny = Self.best(candidates.filter { $0.capabilities.contains(.deny) })
    let grant = Self.best(candidates.filter { $0.capabilities.contains(.list) })
    guard let grant else { return deny ?? Self.best(candidates) }
    return deny.map { Self.outranks($0, grant) ? $0 : grant } ?? grant
  }

  private static func best(_ candidates: [EffectiveRule]) -> EffectiveRule? {
    candidates.max { $0.priority < $1.priority }
  }

  /// Whether a deny is more specific than a grant. Bytes that differ in case alone must not hand the decision to the
  /// grant.
  private static func outranks(_ deny: EffectiveRule, _ grant: EffectiveRule) -> Bool {
    deny.priority > grant.priority || folded(deny.pattern.bytes) == folded(grant.pattern.bytes)
  }

  private static func folded(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
  }
}
