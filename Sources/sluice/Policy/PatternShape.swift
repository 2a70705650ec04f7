import VaultPolicy

/// A pattern split for comparison with many others.
struct PatternShape {
  private let segments: [ArraySlice<UInt8>]
  private let endsInGlob: Bool
  /// What every path that matches begins with: the bytes before the first `+`, or before the final `*`.
  let head: ArraySlice<UInt8>

  init(_ pattern: PathPattern) {
    let literal = pattern.literalBytes
    segments = literal.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    endsInGlob = pattern.endsInGlob
    head = literal.prefix { $0 != UInt8(ascii: "+") }
  }

  /// Whether some path matches both patterns.
  func overlaps(_ other: PatternShape) -> Bool {
    for index in 0..<min(segments.count, other.segments.count) {
      let (one, two) = (segments[index], other.segments[index])
      let isOneOpen = endsInGlob && index == segments.count - 1
      let isTwoOpen = other.endsInGlob && index == other.segments.count - 1
      if Self.isWildcard(one) || Self.isWildcard(two) {
        if isOneOpen || isTwoOpen { return true }
        continue
      }
      switch (isOneOpen, isTwoOpen) {
      case (true, true): return one.starts(with: two) || two.starts(with: one)
      case (true, false): return two.starts(with: one)
      case (false, true): return one.starts(with: two)
      case (false, false): if one != two { return false }
      }
    }
    return segments.count == other.segments.count
  }

  /// A `+*` is refused by every server, so that an open end is never a lone `+`.
  private static func isWildcard(_ segment: ArraySlice<UInt8>) -> Bool {
    segment.count == 1 && segment.first == UInt8(ascii: "+")
  }
}
