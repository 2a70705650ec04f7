/// The value of a Kubernetes label: empty, or at most 63 letters, digits, `-`, `_` and `.`, a letter or a digit at both
/// ends.
public struct KubernetesLabelValue: TextScalar, GrammaticalName {
  /// The text as it was written.
  public let text: String

  init(checked text: String) {
    self.text = text
  }

  static let scalarKind = ScalarKind<KubernetesLabelValue>(
    "a label value", samples: ["ai-platform", "v1.2"], placeholder: Self(checked: "placeholder"),
    schema: ScalarSchema(pattern: "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$", maximumLength: 63))

  static func read(_ text: String) -> Self? {
    text.isEmpty || grammar.matches(text.utf8.span) ? Self(checked: text) : nil
  }

  static let grammar = NameGrammar(
    inside: ASCIISet(.alphanumerics, and: "-_."), first: .alphanumerics, last: .alphanumerics,
    insideWords: "letters, digits, `-`, `_` and `.`", edgeWords: "a letter or a digit", maximumLength: 63)
}
