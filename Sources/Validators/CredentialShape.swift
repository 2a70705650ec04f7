/// Tells texts that are credentials from texts that are not, without ever showing one.
enum CredentialShape {
  /// What a value is by its own look, as a noun phrase with an article; `nil` if it looks harmless.
  static func kind(of text: String) -> String? {
    if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") { return "a private key" }
    if hasPasswordInURL(text) { return "a URL with a password" }
    for word in text.split(whereSeparator: { $0.isWhitespace || "\"',;=".contains($0) }) {
      for shape in shapes where word.hasPrefix(shape.prefix) {
        let rest = word.dropFirst(shape.prefix.count)
        if rest.utf8.count >= shape.rest, rest.utf8.allSatisfy(isTokenByte) { return shape.name }
      }
    }
    return nil
  }

  /// Whether a value is a credential, by its look or by the name under which it stands.
  static func isCredential(_ text: String, named name: String) -> Bool {
    kind(of: text) != nil || (isCredentialName(name) && isOpaque(text))
  }

  /// Whether something of this name holds a credential, such as `OPENAI_API_KEY` or `master_key`.
  static func isCredentialName(_ name: String) -> Bool {
    let words = name.lowercased().split { $0 == "_" || $0 == "-" || $0 == "." }
    guard let last = words.last else { return false }
    switch last {
    case "password", "passwd", "secret", "token", "apikey": return true
    case "key":
      return words.dropLast().last.map { ["api", "master", "salt", "secret", "private", "access"].contains($0) }
        ?? false
    default: return false
    }
  }

  /// Whether a text under such a name can be the credential itself: no number, no switch, no reference to elsewhere.
  static func isOpaque(_ text: String) -> Bool {
    if text.isEmpty || text.hasPrefix("os.environ/") || text.hasPrefix("$") || text.hasPrefix("/") { return false }
    return !["true", "false", "none", "null", "yes", "no", "on", "off"].contains(text.lowercased())
      && Double(text) == nil
  }

  private static let shapes: [(prefix: String, rest: Int, name: String)] = [
    ("sk-ant-", 16, "an Anthropic key"), ("sk-", 16, "a provider key"), ("gsk_", 20, "a Groq key"),
    ("AIza", 30, "a Google key"), ("AKIA", 16, "an AWS access key"), ("ASIA", 16, "an AWS access key"),
    ("hf_", 20, "a Hugging Face token"), ("ghp_", 30, "a GitHub token"), ("github_pat_", 30, "a GitHub token"),
    ("glpat-", 20, "a GitLab token"), ("hvs.", 20, "a Vault token"), ("hvb.", 20, "a Vault token"),
    ("hvr.", 20, "a Vault token"), ("eyJ", 40, "a JSON web token"),
  ]

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// `scheme://user:password@host`, where the password is no reference.
  private static func hasPasswordInURL(_ text: String) -> Bool {
    guard let scheme = text.firstRange(of: "://") else { return false }
    let authority = text[scheme.upperBound...].prefix { !"/?#".contains($0) && !$0.isWhitespace }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return false }
    let password = authority[authority.index(after: colon)..<at]
    return !password.isEmpty && !password.hasPrefix("$") && !password.hasPrefix("{") && !password.hasPrefix("<")
  }
}
