/// A path inside Vault without slash at either end, such as "litellm/api-keys".
public struct VaultPathText: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  /// The parts between the slashes.
  public var segments: [Substring] { text.split(separator: "/") }

  static let scalarKind = ScalarKind<VaultPathText>(
    "a Vault path", samples: ["litellm/api-keys", "team/ai/openai"], placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(pattern: "^[^/\\s*?#]([^/*?#]|/(?!/))*$", maximumLength: 512))

  static func read(_ text: String) -> Self? {
    VaultPathShape.isPath(text.utf8.span) ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake { VaultPathShape.explain(text, as: Self.self) }
}
