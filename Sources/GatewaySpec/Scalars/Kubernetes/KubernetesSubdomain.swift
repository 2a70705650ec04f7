/// The name of a Kubernetes object that must be a DNS subdomain (RFC 1123), such as a Secret or an Ingress: labels joined by
/// dots, at most 253 characters.
public struct KubernetesSubdomain: TextScalar, GrammaticalName {
  /// The text as it was written.
  public let text: String

  init(checked text: String) {
    self.text = text
  }

  static let scalarKind = ScalarKind<KubernetesSubdomain>(
    "a Kubernetes name", samples: ["litellm-tls", "vault.ca"], placeholder: Self(checked: "placeholder"),
    schema: ScalarSchema(
      pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$", maximumLength: 253))

  static let grammar = NameGrammar(
    inside: ASCIISet(.lowercaseAndDigits, and: "-"), first: .lowercaseAndDigits, last: .lowercaseAndDigits,
    insideWords: "lower-case letters, digits, `-` and `.`", edgeWords: "a lower-case letter or a digit",
    maximumLength: 253, separator: 0x2E)
}
