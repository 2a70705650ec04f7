/// What every path in Vault has to be, and what people get wrong with it.
enum VaultPathShape {
  /// The longest path that is taken.
  static let maximumLength = 512

  /// Whether the bytes are non-empty segments joined by single slashes, with nothing in them that Vault or a URL would
  /// take for something else. Vault refuses `..` wherever it stands.
  static func isPath(_ bytes: Span<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.count <= maximumLength else { return false }
    var previous = UInt8(ascii: "/")
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case 0x2F where previous == 0x2F || previous == 0x20: return false
      case 0x20 where previous == 0x2F: return false
      case 0x2E where previous == 0x2E: return false
      case 0..<0x20, 0x7F, 0x23, 0x2A, 0x3F: return false
      default: previous = byte
      }
    }
    return previous != 0x2F && previous != 0x20
  }

  /// What is wrong with a text that is no path.
  static func explain<Scalar: DiagnosedScalar>(_ text: String, as: Scalar.Type) -> ScalarMistake {
    let length = text.utf8.count
    if length > maximumLength {
      return Scalar.mistake(text, "it has \(length) characters, \(maximumLength) are allowed")
    }
    if let url = WebURL.read(text) {
      return Scalar.mistake(
        text, "it is a URL", help: "the address of Vault stands under `vault.address`; write only the path",
        write: url.path.hasPrefix("/v1/") ? String(url.path.dropFirst(4)) : nil)
    }
    if text.hasPrefix("/") {
      let rest = String(text.drop { $0 == "/" })
      return Scalar.mistake(text, "it starts with a slash", write: trimmed(rest, Scalar.self), isSafe: true, at: 0..<1)
    }
    if text.hasSuffix("/"), Scalar.read(trimmed(text, Scalar.self)) != nil {
      return Scalar.mistake(
        text, "it ends with a slash", write: trimmed(text, Scalar.self), isSafe: true, at: length - 1..<length)
    }
    if let dots = text.firstRange(of: "..") {
      return Scalar.mistake(text, "Vault refuses `..` in a path", at: text.utf8Offsets(of: dots))
    }
    if let slashes = text.firstRange(of: "//") {
      let tidy = text.split(separator: "/").joined(separator: "/")
      return Scalar.mistake(text, "it has an empty segment", write: tidy, at: text.utf8Offsets(of: slashes))
    }
    if let index = text.utf8.firstIndex(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x23 || $0 == 0x2A || $0 == 0x3F }) {
      let character = text.unicodeScalars[index]
      let reason =
        character == "*"
        ? "only the paths of policies have wildcards"
        : "\(ScalarMistake.quote(String(character))) cannot stand in it"
      let offset = text.utf8.distance(from: text.startIndex, to: index)
      return Scalar.mistake(text, reason, at: offset..<offset + 1)
    }
    return Scalar.mistake(text, "a segment starts or ends with a space")
  }

  /// The text without slashes at its end, unless the scalar may have them.
  private static func trimmed<Scalar: DiagnosedScalar>(_ text: String, _: Scalar.Type) -> String {
    if Scalar.read(text) != nil { return text }
    return String(decoding: text.utf8.reversed().drop { $0 == 0x2F }.reversed(), as: UTF8.self)
  }
}
