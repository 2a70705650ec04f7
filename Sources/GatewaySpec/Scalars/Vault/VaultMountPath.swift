/// Where a secrets engine or a login method is mounted in Vault, without slash at either end, such as "litellm" or
/// "teams/ai". What Vault keeps for itself is refused.
public struct VaultMountPath: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  /// Whether a path lies under this mount.
  public func contains(_ path: VaultPathText) -> Bool {
    path.text.utf8.starts(with: text.utf8) && path.text.utf8.dropFirst(text.utf8.count).first == 0x2F
  }

  static let scalarKind = ScalarKind<VaultMountPath>(
    "a Vault mount path", samples: ["litellm", "teams/ai"], placeholder: Self(text: "placeholder"),
    schema: VaultPathText.schema)

  static func read(_ text: String) -> Self? {
    guard VaultPathShape.isPath(text.utf8.span), reserved(text) == nil else { return nil }
    return Self(text: text)
  }

  /// The first segment, when Vault has it for itself (https://developer.hashicorp.com/vault/docs/secrets).
  private static func reserved(_ text: String) -> StaticString? {
    let head = text.utf8.prefix { $0 != 0x2F }
    for name: StaticString in ["sys", "auth", "identity", "cubbyhole"] where head.count == name.utf8CodeUnitCount {
      if name.withUTF8Buffer({ head.elementsEqual($0) }) { return name }
    }
    return nil
  }

  static func explain(_ text: String) -> ScalarMistake {
    guard VaultPathShape.isPath(text.utf8.span), let name = reserved(text) else {
      return VaultPathShape.explain(text, as: Self.self)
    }
    let head = 0..<name.utf8CodeUnitCount
    if text.hasPrefix("auth/") {
      return mistake(
        text, "the mount of a login is written without `auth/`", write: String(text.dropFirst(5)), isSafe: true,
        at: head)
    }
    return mistake(text, "Vault keeps `\(name)` for itself", help: "mount the engine somewhere else", at: head)
  }
}
