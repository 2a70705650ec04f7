internal import SourceDiagnostics

/// A scalar that is one of a few words. An enum with raw values of type `String` needs no more than the conformance.
public protocol SpecChoice: SpecScalar, CaseIterable, RawRepresentable<String> {
  /// Words that people write by mistake, and the one that each of them means.
  static var aliases: [String: Self] { get }
  /// Words that people write by mistake, and what to do instead, such as "declare a route instead".
  static var hints: [String: String] { get }
}

extension SpecChoice {
  /// None.
  public static var aliases: [String: Self] { [:] }
  /// None.
  public static var hints: [String: String] { [:] }

  /// The canonical text.
  /// The word.
  public var description: String { rawValue }
  /// All of the words.
  public static var expectation: String { words.count > 1 ? "one of \(wordList)" : wordList }
  /// The first three of the words.
  public static var samples: [String] { Array(words.prefix(3)) }
  /// Nothing but the words.
  public static var schema: ScalarSchema { ScalarSchema(allowed: words) }

  /// The first case.
  public static var placeholder: Self {
    // An enum without cases could not be written.
    allCases[allCases.startIndex]
  }

  /// Reads one of the words, letter by letter.
  public init(parsing text: String) throws(ScalarMistake) {
    guard let choice = Self(rawValue: text) else { throw Self.mistake(text) }
    self = choice
  }

  private static var words: [String] { allCases.map(\.rawValue) }

  /// The words as a person would list them: "`a`, `b` or `c`".
  private static var wordList: String {
    let quoted = words.map { "`\($0)`" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func mistake(_ text: String) -> ScalarMistake {
    let word = String(text.trimmingSpaces)
    guard !word.isEmpty else {
      return ScalarMistake(headline: "an empty text is not \(expectation)", help: "write \(expectation)")
    }
    let headline = "\(ScalarMistake.quote(text)) is not \(expectation)"
    // Another spelling of the very word is safe to mend; another word is a guess.
    let plain = word.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 }
    if let same = words.first(where: { Array($0.lowercased()) == plain }) {
      return ScalarMistake(headline: headline, help: "write `\(same)`", replacement: same, isSafe: true)
    }
    if let hint = hints[word] ?? hints[word.lowercased()] {
      return ScalarMistake(headline: headline, help: hint)
    }
    let meant = aliases[word] ?? aliases[word.lowercased()]
    guard let near = meant?.rawValue ?? NameSuggestion.nearest(to: word, among: words) else {
      return ScalarMistake(headline: headline, help: "write \(expectation)")
    }
    return ScalarMistake(headline: headline, help: "did you mean `\(near)`?", replacement: near)
  }
}
