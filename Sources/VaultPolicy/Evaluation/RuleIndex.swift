/// The merged rules of a token in the three tables in which Vault keeps them.
struct RuleIndex: Sendable {
  private let exact: [ArraySlice<UInt8>: EffectiveRule]
  private let prefixes: PrefixTable
  private let segments: SegmentTrie

  /// Indexes rules by their patterns, or by what `key` makes of these. Of two rules with one key the last one stays.
  init(_ rules: [EffectiveRule], key: (PathPattern) -> PathPattern = { $0 }) {
    var byKey: [PathPattern: EffectiveRule] = [:]
    for rule in rules { byKey[key(rule.pattern)] = rule }
    exact = Dictionary(
      uniqueKeysWithValues: byKey.lazy.filter { $0.key.kind == .exact }.map { ($0.key.bytes[...], $0.value) })
    prefixes = PrefixTable(
      byKey.lazy.filter { $0.key.kind == .prefix }.map { (Array($0.key.literalBytes), $0.value) })
    segments = SegmentTrie(byKey.values.filter { $0.pattern.kind == .segment }, key: key)
  }

  /// The rule for exactly this path.
  func exactMatch(_ path: ArraySlice<UInt8>) -> EffectiveRule? { exact[path] }

  /// The most specific rule with a wildcard that matches.
  func bestWildcardMatch(_ path: [UInt8]) -> EffectiveRule? {
    var best = prefixes.longestMatch(path[...])
    guard !segments.isEmpty else { return best }
    segments.forEachMatch(path) { rule in
      if let current = best, rule.priority < current.priority { return }
      best = rule
    }
    return best
  }

  /// What Vault weighs against each other: the longest prefix rule and every segment rule that matches.
  func wildcardCandidates(_ path: [UInt8]) -> [EffectiveRule] {
    var found: [EffectiveRule] = []
    if let longest = prefixes.longestMatch(path[...]) { found.append(longest) }
    segments.forEachMatch(path) { found.append($0) }
    return found
  }

  /// Every rule that matches, also the shorter prefixes that Vault never looks at.
  func allMatches(_ path: [UInt8]) -> [EffectiveRule] {
    var found = exact[path[...]].map { [$0] } ?? []
    prefixes.forEachMatch(path[...]) { found.append($0) }
    segments.forEachMatch(path) { found.append($0) }
    return found
  }
}
