/// Finds the names that somebody who wrote a wrong name probably meant.
///
/// A name that differs only in case, hyphens, underscores or in the order of its words wins. Otherwise a name counts when
/// its restricted Damerau-Levenshtein similarity (1 minus the distance over the longer length) is at least 0.60, or when one
/// name is an abbreviation of the other. Words of one or two letters are too short to guess from.
public enum NameSuggestion {
  /// The name that was most likely meant, or `nil` when none is near. The answer does not depend on the order of `names`.
  public static func nearest(to name: String, among names: some Sequence<String>) -> String? {
    ranked(to: name, among: names, limit: 1).first
  }

  /// At most `limit` names that may have been meant, the likeliest first, none twice; never `name` itself.
  public static func ranked(to name: String, among names: some Sequence<String>, limit: Int) -> [String] {
    guard name.utf8.count <= longestRead else { return [] }
    let wanted = FoldedName(name)
    var near: [(name: String, score: Double)] = []
    for candidate in Set(names) where candidate != name && candidate.utf8.count <= longestRead {
      if let score = score(wanted, FoldedName(candidate)) { near.append((candidate, score)) }
    }
    near.sort { $0.score != $1.score ? $0.score > $1.score : $0.name < $1.name }
    return near.prefix(max(0, limit)).map(\.name)
  }

  /// Names with more bytes than this are no names; they are not looked at.
  private static let longestRead = 512
  /// Names with more letters than this are only compared for equality, which bounds the cost.
  private static let longestCompared = 64

  private static func score(_ wanted: FoldedName, _ candidate: FoldedName) -> Double? {
    if wanted.letters.isEmpty || candidate.letters.isEmpty { return nil }
    if wanted.letters == candidate.letters { return 1 }
    let (short, long) =
      wanted.letters.count <= candidate.letters.count
      ? (wanted.letters, candidate.letters) : (candidate.letters, wanted.letters)
    guard short.count >= 3, long.count <= longestCompared else { return nil }
    if wanted.hasWords(of: candidate) { return 0.99 }

    let ratio = Double(short.count) / Double(long.count)
    var best = 0.0
    // An abbreviation says at least a quarter of the word: `env` for `environment`, not `pro` for a long sentence.
    if long.starts(with: short), ratio >= 0.25 { best = 0.60 + 0.35 * ratio }
    // The distance is at least the difference of the lengths, so a candidate that differs more cannot reach 0.60.
    if ratio >= 0.60 {
      let similarity = 1 - Double(distance(short, long)) / Double(long.count)
      // One letter of three is a different word unless the words at least begin alike.
      if long.count > 3 || short[0] == long[0] { best = max(best, similarity) }
    }
    return best >= 0.60 ? best : nil
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours, no letter edited twice.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = beforePrevious
    for row in 1...left.count {
      current[0] = row
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, beforePrevious[column - 2] + 1)
        }
        current[column] = cost
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count]
  }
}

/// A name without case and separators, and where its words began.
private struct FoldedName {
  let letters: [Unicode.Scalar]
  private let wordStarts: [Int]

  init(_ name: String) {
    var letters: [Unicode.Scalar] = []
    var starts: [Int] = []
    var startsWord = true
    var previousIsLower = false
    for scalar in name.unicodeScalars {
      if scalar == "-" || scalar == "_" || scalar == " " {
        startsWord = true
        continue
      }
      let isUpper = scalar.properties.isUppercase
      if startsWord || (isUpper && previousIsLower) { starts.append(letters.count) }
      startsWord = false
      previousIsLower = !isUpper
      letters.append(
        contentsOf: scalar.isASCII ? [Self.lowered(scalar)] : Array(scalar.properties.lowercaseMapping.unicodeScalars))
    }
    self.letters = letters
    wordStarts = starts
  }

  /// Whether both names have the same words, two or more, in whatever order.
  func hasWords(of other: FoldedName) -> Bool {
    letters.count == other.letters.count && wordStarts.count > 1 && wordStarts.count == other.wordStarts.count
      && words == other.words
  }

  private var words: [String] {
    wordStarts.indices.map { index in
      let end = index + 1 < wordStarts.count ? wordStarts[index + 1] : letters.count
      var word = String.UnicodeScalarView()
      word.append(contentsOf: letters[wordStarts[index]..<end])
      return String(word)
    }.sorted()
  }

  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    ("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20) : scalar
  }
}
