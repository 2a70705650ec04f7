/// What makes one of two matching patterns the more specific one. Vault compares in this order; the first difference
/// decides.
public enum PriorityCriterion: Int, Sendable, Hashable, CaseIterable {
  /// A rule for exactly this path beats every other.
  case exactMatch
  /// The first wildcard stands later: the first `+` character, or the length of a prefix when there is none.
  case firstWildcard
  /// It has no `*` at the end.
  case noGlob
  /// It has fewer `+` segments.
  case fewerWildcards
  /// It is longer, a final `*` not counted.
  case longer
  /// It is larger byte by byte, so that there is always one winner.
  case lexicographic
}

/// The rank of a pattern among the patterns that match one path. A larger one is more specific.
public struct PatternPriority: Comparable, Hashable, Sendable {
  let isExact: Bool
  let firstWildcard: Int
  let endsInGlob: Bool
  let wildcardSegments: Int
  let literal: [UInt8]

  /// The rank of a pattern.
  public init(_ pattern: PathPattern) {
    isExact = pattern.kind == .exact
    literal = Array(pattern.literalBytes)
    firstWildcard =
      pattern.kind == .segment
      ? pattern.bytes.firstIndex(of: PathPattern.plus) ?? literal.count : literal.count
    endsInGlob = pattern.endsInGlob
    wildcardSegments = pattern.kind == .segment ? pattern.segments.count(where: PathPattern.isWildcard) : 0
  }

  /// The first criterion in which the two differ; `nil` when they are equal.
  public func firstDifference(from other: PatternPriority) -> PriorityCriterion? {
    if isExact != other.isExact { return .exactMatch }
    if firstWildcard != other.firstWildcard { return .firstWildcard }
    if endsInGlob != other.endsInGlob { return .noGlob }
    if wildcardSegments != other.wildcardSegments { return .fewerWildcards }
    if literal.count != other.literal.count { return .longer }
    return literal == other.literal ? nil : .lexicographic
  }

  /// Whether the left one is less specific.
  public static func < (left: PatternPriority, right: PatternPriority) -> Bool {
    switch left.firstDifference(from: right) {
    case .exactMatch: right.isExact
    case .firstWildcard: left.firstWildcard < right.firstWildcard
    case .noGlob: left.endsInGlob
    case .fewerWildcards: left.wildcardSegments > right.wildcardSegments
    case .longer: left.literal.count < right.literal.count
    case .lexicographic: left.literal.lexicographicallyPrecedes(right.literal)
    case nil: false
    }
  }
}
