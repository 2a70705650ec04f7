/// A path inside Vault, such as "litellm/api-keys". A slash in front, as a browser's address bar suggests it, is read and
/// remembered, so that a rule can say what becomes of it.
public struct VaultPathText: TextScalar, DiagnosedScalar {
  /// The path without slash at either end.
  public let text: String
  /// Whether a slash was written in front of it.
  public let hasLeadingSlash: Bool

  private init(text: String, hasLeadingSlash: Bool = false) {
    self.text = text
    self.hasLeadingSlash = hasLeadingSlash
  }

  /// The parts between the slashes.
  public var segments: [Substring] { text.split(separator: "/") }

  static let scalarKind = ScalarKind<VaultPathText>(
    "a Vault path", samples: ["litellm/api-keys", "team/ai/openai"], placeholder: Self(text: "placeholder"),
    schema: ScalarSchema(pattern: "^/?[^/\\s*?#]([^/*?#]|/(?!/))*$", maximumLength: 512))

  static func read(_ text: String) -> Self? {
    if VaultPathShape.isPath(text.utf8.span) { return Self(text: text) }
    guard text.utf8.first == UInt8(ascii: "/"), text.utf8.count <= VaultPathShape.maximumLength,
      VaultPathShape.isPath(text.dropFirst().utf8.span)
    else { return nil }
    return Self(text: String(text.dropFirst()), hasLeadingSlash: true)
  }

  /// Whether both are one path.
  public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static func explain(_ text: String) -> ScalarMistake { VaultPathShape.explain(text, as: Self.self) }
}
