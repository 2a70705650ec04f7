/// What was probably meant by a pattern with a mistake.
extension PathPattern {
  /// `+/*` in the place of `+*`; a `+` behind other characters goes.
  var withSeparatedGlob: String? {
    let segments = written.split(separator: "/", omittingEmptySubsequences: false)
    let corrected = segments.map { segment in
      guard segment.hasSuffix("+*") else { return String(segment) }
      return segment == "+*" ? "+/*" : segment.dropLast(2) + "*"
    }
    return PathPattern(corrected.joined(separator: "/")).corrected
  }

  /// `}}` in the place of a single `}`.
  var withClosedTemplate: String? {
    guard !written.contains("}}"), written.contains("{{") else { return nil }
    return PathPattern(written.replacing("}", with: "}}")).corrected
  }

  /// `+` for each segment that is a lone `*` before the end.
  var withSegmentWildcards: String? {
    let segments = written.split(separator: "/", omittingEmptySubsequences: false)
    let corrected = segments.enumerated().map { $1 == "*" && $0 < segments.count - 1 ? "+" : $1 }
    return PathPattern(corrected.joined(separator: "/")).corrected
  }

  /// `*` for a `+` that ends the pattern behind other characters.
  var withGlobForFinalPlus: String? {
    guard written.hasSuffix("+") else { return nil }
    return PathPattern(written.dropLast() + "*").corrected
  }

  /// The text, if nothing is wrong with it any more.
  private var corrected: String? {
    let isSound = !hasForbiddenWildcards && !hasLiteralStar && !hasLiteralPlus && PatternTemplate(written) != nil
    return isSound ? written : nil
  }
}
