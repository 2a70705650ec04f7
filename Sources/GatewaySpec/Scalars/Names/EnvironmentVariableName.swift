/// The name of an environment variable as Kubernetes takes it: letters, digits, `_`, `-` and `.`, no digit first.
public struct EnvironmentVariableName: TextScalar, GrammaticalName {
  /// The text as it was written.
  public let text: String

  init(checked text: String) {
    self.text = text
  }

  static let scalarKind = ScalarKind<EnvironmentVariableName>(
    "an environment variable name", samples: ["OPENAI_API_KEY", "DATABASE_URL"],
    placeholder: Self(checked: "placeholder"),
    schema: ScalarSchema(pattern: "^[-._a-zA-Z][-._a-zA-Z0-9]*$", maximumLength: 1024))

  /// Whether a POSIX shell can name it too: no `-` and no `.`.
  public var isShellName: Bool { !text.utf8.contains { $0 == 0x2D || $0 == 0x2E } }

  static let grammar = NameGrammar(
    inside: ASCIISet(.alphanumerics, and: "-._"), first: ASCIISet(.lowercase, .uppercase, and: "-._"),
    last: ASCIISet(.alphanumerics, and: "-._"), insideWords: "letters, digits, `_`, `-` and `.`",
    edgeWords: "a letter or `_`", maximumLength: 1024)
}
