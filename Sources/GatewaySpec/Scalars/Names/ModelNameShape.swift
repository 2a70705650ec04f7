/// What the names of models have in common. Providers use almost every character, so that only what cannot be seen is
/// refused.
enum ModelNameShape {
  /// The most characters (Unicode scalars) a name may have.
  private static let maximumLength = 256

  static var schema: ScalarSchema { ScalarSchema(pattern: "^\\S(.*\\S)?$", maximumLength: maximumLength) }

  static func isName(_ text: String) -> Bool {
    let bytes = text.utf8.span
    guard !bytes.isEmpty, !bytes[0].isASCIIWhitespace, !bytes[bytes.count - 1].isASCIIWhitespace else { return false }
    var isASCII = true
    for index in bytes.indices {
      if bytes[index] >= 0x80 { isASCII = false } else if bytes[index] < 0x20 || bytes[index] == 0x7F { return false }
    }
    if isASCII { return bytes.count <= maximumLength }
    return text.unicodeScalars.count <= maximumLength && firstInvisible(text) == nil
  }

  private static func firstInvisible(_ text: String) -> String.Index? {
    text.unicodeScalars.firstIndex {
      $0.properties.generalCategory.isInvisible || ($0.properties.isWhitespace && $0 != " ")
    }
  }

  static func explain<Scalar: DiagnosedScalar>(_ text: String, as: Scalar.Type) -> ScalarMistake {
    let count = text.unicodeScalars.count
    if count > maximumLength {
      return Scalar.mistake(text, "it has \(count) characters, \(maximumLength) are allowed")
    }
    let invisible = firstInvisible(text)
    let range = invisible.map { text.utf8Offsets(of: $0..<text.unicodeScalars.index(after: $0)) }
    let visible = text.unicodeScalars.filter { !$0.properties.generalCategory.isInvisible }
    return Scalar.mistake(text, "it holds a character that cannot be seen", write: String(visible), at: range)
  }
}
