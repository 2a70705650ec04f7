/// Any text with something to see in it.
public struct NonEmptyText: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<NonEmptyText>(
    "a text", samples: ["eso-litellm", "any text"], placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(pattern: "\\S"))

  static func read(_ text: String) -> Self? {
    text.utf8.contains { !$0.isASCIIWhitespace } ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake { mistake(text, "it is blank") }
}
