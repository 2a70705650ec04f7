/// A key in the data of a Kubernetes Secret or ConfigMap, which becomes a file name when it is mounted: at most 253 letters,
/// digits, `-`, `_` and `.`, and no name that leads out of a folder.
public struct SecretDataKey: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<SecretDataKey>(
    "a key of a Secret", samples: ["ca.crt", "master-key"], placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(pattern: "^[-._a-zA-Z0-9]+$", maximumLength: 253))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard grammar.matches(bytes) else { return nil }
    guard bytes[0] == 0x2E else { return Self(text: text) }
    return bytes.count == 1 || bytes[1] == 0x2E ? nil : Self(text: text)
  }

  static func explain(_ text: String) -> ScalarMistake {
    guard let fault = grammar.fault(in: text) else {
      return mistake(text, "as a file name it would lead out of its folder")
    }
    return mistake(text, fault.reason, write: grammar.repaired(text), at: fault.range)
  }

  private static let grammar: NameGrammar = {
    let characters = ASCIISet(.alphanumerics, and: "-._")
    return NameGrammar(
      inside: characters, first: characters, last: characters, insideWords: "letters, digits, `-`, `_` and `.`",
      edgeWords: "one of these", maximumLength: 253)
  }()
}
