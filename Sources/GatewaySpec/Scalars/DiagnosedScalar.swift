/// A scalar whose reading is parted from the search for what is wrong.
///
/// `read` is quick and answers yes or no; `explain` takes its time, once it is known that something is wrong.
protocol DiagnosedScalar: SpecScalar {
  /// Everything that is told of this kind of scalar.
  static var scalarKind: ScalarKind<Self> { get }

  /// The value of a text, or nil when it is none. Must stand any text.
  static func read(_ text: String) -> Self?

  /// What is wrong with a text that `read` refused. The text is not blank and has no white space at either end.
  static func explain(_ text: String) -> ScalarMistake
}

extension DiagnosedScalar {
  /// What a person should write, as a noun phrase with an article.
  public static var expectation: String { scalarKind.expectation }
  /// Two or three texts that are accepted.
  public static var samples: [String] { scalarKind.samples }
  /// The value that stands in for one that could not be read.
  public static var placeholder: Self { scalarKind.placeholder }
  /// The JSON Schema of the scalar.
  public static var schema: ScalarSchema { scalarKind.schema }

  /// Reads the text of a scalar, or says what is wrong with it.
  public init(parsing text: String) throws(ScalarMistake) {
    guard let value = Self.read(text) else { throw Self.diagnose(text) }
    self = value
  }

  /// Makes the mistake "`text` is not a …: reason".
  ///
  /// - Parameters:
  ///   - help: What to do. Left out, it is to write the replacement, or one of the samples where there is none.
  ///   - replacement: The text to write instead. It is dropped when it would not be read either, so that no fix ever
  ///     leads to the next mistake, and when it could repeat a password.
  static func mistake(
    _ text: String, _ reason: String, help: String? = nil, write replacement: String? = nil, isSafe: Bool = false,
    at range: Range<Int>? = nil
  ) -> ScalarMistake {
    let mayHoldPassword = ScalarMistake.userInfo(of: text) != nil
    let fix = replacement.flatMap { mayHoldPassword || read($0) == nil ? nil : $0 }
    return ScalarMistake(
      headline: "\(ScalarMistake.quote(text)) is not \(expectation): \(reason)",
      help: help ?? fix.map { "write `\($0)`" } ?? "write \(expectation) such as \(exampleList)",
      replacement: fix,
      isSafe: isSafe && fix != nil,
      range: range?.clamped(to: 0..<text.utf8.count))
  }

  /// The samples as a person would list them: "`40s` or `1h30m`".
  private static var exampleList: String {
    samples.prefix(2).map { "`\($0)`" }.joined(separator: " or ")
  }

  /// Deals with what is the same for every kind of scalar, blanks, and leaves the rest to `explain`.
  private static func diagnose(_ text: String) -> ScalarMistake {
    let inner = String(text.trimmingSpaces)
    guard !inner.isEmpty else {
      return ScalarMistake(
        headline: "\(text.isEmpty ? "an empty text" : "a blank text") is not \(expectation)",
        help: "write \(expectation) such as \(exampleList)")
    }
    guard inner.utf8.count < text.utf8.count else { return explain(text) }
    guard read(inner) == nil else {
      return mistake(text, "it has white space around it", write: inner, isSafe: true)
    }
    let mistake = explain(inner)
    let leading = text.utf8.prefix(while: \.isASCIIWhitespace).count
    return ScalarMistake(
      headline: mistake.headline, help: mistake.help, replacement: mistake.replacement, isSafe: mistake.isSafe,
      range: mistake.range.map { $0.lowerBound + leading..<$0.upperBound + leading })
  }
}

extension ScalarMistake {
  /// A text in backticks, safe to print: control characters are escaped, what is long is cut, and the user info of a URL,
  /// which holds a password more often than not, is left out.
  static func quote(_ text: String) -> String {
    var quoted = "`"
    let shown = userInfo(of: text).map { "\(text[..<$0.lowerBound])…\(text[$0.upperBound...])" } ?? text
    for (count, scalar) in shown.unicodeScalars.enumerated() {
      guard count < 64 else {
        quoted += "…"
        break
      }
      switch scalar {
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case _ where scalar.properties.generalCategory.isInvisible:
        quoted += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "`"
  }

  /// What stands between `://` and the last `@`, whether or not the text is a URL.
  static func userInfo(of text: String) -> Range<String.Index>? {
    guard let scheme = text.firstRange(of: "://"), let at = text.utf8.lastIndex(of: 0x40), at > scheme.upperBound else {
      return nil
    }
    return scheme.upperBound..<at
  }
}

extension Unicode.GeneralCategory {
  /// Whether characters of this category cannot be seen or disturb what stands beside them.
  var isInvisible: Bool {
    switch self {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    default: false
    }
  }
}

extension String {
  /// The text without ASCII white space at either end.
  var trimmingSpaces: Substring {
    var rest = utf8[...]
    while let byte = rest.first, byte.isASCIIWhitespace { rest.removeFirst() }
    while let byte = rest.last, byte.isASCIIWhitespace { rest.removeLast() }
    return Substring(rest)
  }
}
