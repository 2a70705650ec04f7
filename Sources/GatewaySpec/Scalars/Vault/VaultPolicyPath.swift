/// The path of a rule in a Vault policy as it is written: it may hold `+` for one segment, end with `*` for any rest, hold
/// templates such as `{{identity.entity.id}}`, and end with a slash. Whether Vault takes its wildcards is not decided here.
public struct VaultPolicyPath: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<VaultPolicyPath>(
    "a path of a Vault policy", samples: ["litellm/data/api-keys", "litellm/metadata/*"],
    placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(pattern: "^[^/\\s]", maximumLength: 512))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard !bytes.isEmpty, bytes.count <= VaultPathShape.maximumLength, bytes[0] != 0x2F else { return nil }
    guard !bytes[0].isASCIIWhitespace, !bytes[bytes.count - 1].isASCIIWhitespace else { return nil }
    for index in bytes.indices where bytes[index] < 0x20 || bytes[index] == 0x7F { return nil }
    return Self(text: text)
  }

  static func explain(_ text: String) -> ScalarMistake { VaultPathShape.explain(text, as: Self.self) }
}
