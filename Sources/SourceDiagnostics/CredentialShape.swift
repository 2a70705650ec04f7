/// Tells texts that are credentials from texts that are not, without ever showing one.
public enum CredentialShape {
  /// What a value is by its own look, as a noun phrase with an article; `nil` if it looks harmless.
  public static func kind(of text: String) -> String? {
    if text.contains("-----BEGIN "), text.contains("PRIVATE KEY-----") { return "a private key" }
    if hasPasswordInURL(text) { return "a URL with a password" }
    let bytes = Array(text.utf8)
    for start in bytes.indices {
      if let (shape, _) = token(in: bytes, at: start) { return shape.name }
    }
    return nil
  }

  /// Whether a value is a credential, by its look or by the name under which it stands.
  public static func isCredential(_ text: String, named name: String) -> Bool {
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
    let bytes = Array(text.utf8)
    return bytes.indices.contains { passwordInURL(bytes, at: $0) != nil }
  }

  // MARK: Concealing

  /// A text with an asterisk for each byte of a credential in it. What only its name betrays is not found.
  public static func redacted(_ text: String) -> String {
    var bytes = Array(text.utf8)
    let places = self.places(in: bytes)
    if places.isEmpty { return text }
    for place in places { for offset in place { bytes[offset] = UInt8(ascii: "*") } }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where credentials stand in a text, without the prefix that tells their kind. Linear in the length of the text.
  public static func places(in bytes: [UInt8]) -> [Range<Int>] {
    var places: [Range<Int>] = []
    var offset = 0
    while offset < bytes.count {
      if let (_, place) = token(in: bytes, at: offset) {
        places.append(place)
        offset = place.upperBound
      } else if let place = passwordInURL(bytes, at: offset) {
        places.append(place)
        offset = place.upperBound
      } else if let place = privateKey(in: bytes, at: offset) {
        places.append(place)
        offset = place.upperBound
      } else {
        offset += 1
      }
    }
    return places
  }

  private typealias Shape = (prefix: String, rest: Int, name: String)

  /// The token that begins here, if it has the shape of a credential, and what of it is to be concealed.
  private static func token(in bytes: [UInt8], at start: Int) -> (Shape, Range<Int>)? {
    if start > 0, isTokenByte(bytes[start - 1]) { return nil }
    for shape in shapes where bytes[start] == shape.prefix.utf8.first && bytes[start...].starts(with: shape.prefix.utf8)
    {
      let rest = start + shape.prefix.utf8.count
      let end = bytes[rest...].firstIndex { !isTokenByte($0) } ?? bytes.count
      if end - rest >= shape.rest { return (shape, rest..<end) }
    }
    return nil
  }

  /// The password of the URL whose `://` stands here.
  private static func passwordInURL(_ bytes: [UInt8], at start: Int) -> Range<Int>? {
    guard bytes[start] == UInt8(ascii: ":"), bytes[start...].starts(with: "://".utf8) else { return nil }
    let authority = bytes[(start + 3)...].prefix { $0 > 0x20 && !"/?#\"'".utf8.contains($0) }
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
      let colon = authority[..<at].firstIndex(of: UInt8(ascii: ":")), colon + 1 < at,
      !"${<".utf8.contains(bytes[colon + 1])
    else { return nil }
    return (colon + 1)..<at
  }

  /// The body of the private key whose first dashes stand here.
  private static func privateKey(in bytes: [UInt8], at start: Int) -> Range<Int>? {
    guard bytes[start] == UInt8(ascii: "-"), bytes[start...].starts(with: "-----BEGIN ".utf8) else { return nil }
    let title = bytes[start...].prefix { $0 != UInt8(ascii: "\n") }.prefix(64)
    guard String(decoding: title, as: UTF8.self).contains("PRIVATE KEY-----") else { return nil }
    let body = start + title.count
    let end = bytes[body...].firstIndex(of: UInt8(ascii: "-")) ?? bytes.count
    return body < end ? body..<end : nil
  }
}
