/// A region of Amazon Web Services, such as `eu-central-1`: lower-case letters, digits and hyphens, at most 40. It becomes
/// part of a host name.
public struct CloudRegion: TextScalar, GrammaticalName {
  /// The text as it was written.
  public let text: String

  init(checked text: String) {
    self.text = text
  }

  static let scalarKind = ScalarKind<CloudRegion>(
    "a region", samples: ["eu-central-1", "us-east-1"], placeholder: Self(checked: "placeholder"),
    schema: ScalarSchema(pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", maximumLength: 40))

  static let grammar = NameGrammar(
    inside: ASCIISet(.lowercaseAndDigits, and: "-"), first: .lowercaseAndDigits, last: .lowercaseAndDigits,
    insideWords: "lower-case letters, digits and `-`", edgeWords: "a lower-case letter or a digit",
    maximumLength: 40)
}
