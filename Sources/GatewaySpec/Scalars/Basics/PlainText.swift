/// Any text, the empty one too.
public struct PlainText: TextScalar {
  /// The text as it was written.
  public let text: String

  /// Takes any text.
  public init(_ text: String) {
    self.text = text
  }

  /// Takes any text.
  public init(parsing text: String) throws(ScalarMistake) {
    self.text = text
  }

  /// What a person should write.
  public static var expectation: String { "a text" }
  /// Texts that are accepted.
  public static var samples: [String] { ["PRODUCTION", "any text"] }
  /// The empty text.
  public static let placeholder = PlainText("")
  /// Any string.
  public static var schema: ScalarSchema { ScalarSchema() }
}
