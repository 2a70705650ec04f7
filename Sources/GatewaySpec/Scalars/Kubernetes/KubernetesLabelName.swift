/// The name of a Kubernetes object that must be a DNS label (RFC 1123), such as a namespace or a container: at most 63
/// lower-case letters, digits and `-`, a letter or a digit at both ends.
public struct KubernetesLabelName: TextScalar, GrammaticalName {
  /// The text as it was written.
  public let text: String

  init(checked text: String) {
    self.text = text
  }

  static let scalarKind = ScalarKind<KubernetesLabelName>(
    "a Kubernetes name", samples: ["litellm", "ai-services"], placeholder: Self(checked: "placeholder"),
    schema: ScalarSchema(pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", maximumLength: 63))

  /// Whether it can also name a Service, which must start with a letter (RFC 1035).
  public var startsWithLetter: Bool { text.utf8.first?.isASCIILetter ?? false }

  static let grammar = NameGrammar(
    inside: ASCIISet(.lowercaseAndDigits, and: "-"), first: .lowercaseAndDigits, last: .lowercaseAndDigits,
    insideWords: "lower-case letters, digits and `-`", edgeWords: "a lower-case letter or a digit",
    maximumLength: 63)
}
