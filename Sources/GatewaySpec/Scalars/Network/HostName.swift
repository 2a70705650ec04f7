/// A DNS name of a host in lower case, such as "api.example.com": labels of at most 63 characters, at most 253 in all
/// (RFC 1123). An IP address is not one, because neither an Ingress nor a route takes it for one.
public struct HostName: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  static let scalarKind = ScalarKind<HostName>(
    "a host name", samples: ["litellm.example.com", "localhost"], placeholder: Self(text: "placeholder.invalid"),
    schema: ScalarSchema(pattern: "^\(pattern)$", maximumLength: 253))

  static let pattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"

  static func read(_ text: String) -> Self? {
    isName(text.utf8.span) ? Self(text: text) : nil
  }

  /// Whether the bytes are the name of a host. One whose last label is a number would be taken for an address.
  static func isName(_ bytes: Span<UInt8>) -> Bool {
    guard grammar.matches(bytes) else { return false }
    var index = bytes.count
    while index > 0, bytes[index - 1].isASCIIDigit { index -= 1 }
    return index == bytes.count || (index > 0 && bytes[index - 1] != 0x2E)
  }

  static func explain(_ text: String) -> ScalarMistake {
    if text.hasPrefix("*.") {
      return mistake(text, "a wildcard stands for many hosts, and one is needed here", at: 0..<1)
    }
    return explain(text, as: Self.self)
  }

  /// What is wrong with a text, for every scalar that is a host name in the main.
  static func explain<Scalar: DiagnosedScalar>(_ text: String, as: Scalar.Type) -> ScalarMistake {
    if let address = text.utf8.last, address.isASCIIDigit || address == 0x5D, IPAddress.isAddress(text) {
      return Scalar.mistake(text, "it is an IP address", help: "write the DNS name of the host")
    }
    if let url = WebURL.read(text), url.hostKind == .name {
      return Scalar.mistake(text, "it is a URL", write: url.host)
    }
    if let colon = text.utf8.firstIndex(of: 0x3A), text[colon...].utf8.dropFirst().allSatisfy(\.isASCIIDigit) {
      let start = text.utf8.distance(from: text.startIndex, to: colon)
      return Scalar.mistake(
        text, "it has a port", write: String(text[..<colon]), at: start..<text.utf8.count)
    }
    if let slash = text.utf8.firstIndex(of: 0x2F) {
      let start = text.utf8.distance(from: text.startIndex, to: slash)
      return Scalar.mistake(text, "it has a path", write: String(text[..<slash]), at: start..<text.utf8.count)
    }
    let lowered = text.lowercased()
    if Scalar.read(lowered) != nil {
      return Scalar.mistake(text, "it has upper-case letters", write: lowered, isSafe: true)
    }
    if text.hasSuffix("."), Scalar.read(String(text.dropLast())) != nil {
      let end = text.utf8.count
      return Scalar.mistake(
        text, "it ends with a dot", write: String(text.dropLast()), isSafe: true, at: end - 1..<end)
    }
    let fault = grammar.fault(in: text)
    return Scalar.mistake(text, fault?.reason ?? "its last part is a number, as in an IP address", at: fault?.range)
  }

  static let grammar = NameGrammar(
    inside: ASCIISet(.lowercaseAndDigits, and: "-"), first: .lowercaseAndDigits, last: .lowercaseAndDigits,
    insideWords: "lower-case letters, digits, `-` and `.`", edgeWords: "a lower-case letter or a digit",
    maximumLength: 253, separator: 0x2E, maximumPartLength: 63)
}
