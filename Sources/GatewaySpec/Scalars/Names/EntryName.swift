/// The name of an entry of the spec, such as a secret, a provider, a policy or a login: at most 63 lower-case letters,
/// digits, `-`, `_` and `.`, a letter or a digit at both ends. Lower case, because Vault lowers the names of policies.
public struct EntryName: TextScalar, GrammaticalName {
  /// The text as it was written.
  public let text: String

  init(checked text: String) {
    self.text = text
  }

  static let scalarKind = ScalarKind<EntryName>(
    "a name", samples: ["openai-key", "anthropic"], placeholder: Self(checked: "placeholder"),
    schema: ScalarSchema(pattern: "^[a-z0-9]([-a-z0-9_.]*[a-z0-9])?$", maximumLength: 63))

  static let grammar = NameGrammar(
    inside: ASCIISet(.lowercaseAndDigits, and: "-_."), first: .lowercaseAndDigits, last: .lowercaseAndDigits,
    insideWords: "lower-case letters, digits, `-`, `_` and `.`", edgeWords: "a lower-case letter or a digit",
    maximumLength: 63)
}
