/// What an Ingress or a route takes for a host: a ``HostName``, or one with `*.` in place of its first label.
public struct WildcardHostName: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  /// Whether it starts with `*.`, so that it stands for every host one label below.
  public var isWildcard: Bool { text.utf8.first == 0x2A }

  /// The name without the `*.`.
  public var suffix: HostName { HostName(text: isWildcard ? String(text.dropFirst(2)) : text) }

  /// Whether requests for this host are meant: the host itself, or one label below it for a wildcard.
  public func covers(_ host: HostName) -> Bool {
    guard isWildcard else { return host.text == text }
    guard let dot = host.text.utf8.firstIndex(of: 0x2E) else { return false }
    return host.text[dot...].utf8.elementsEqual(text.utf8.dropFirst())
  }

  static let scalarKind = ScalarKind<WildcardHostName>(
    "a host name", samples: ["litellm.example.com", "*.example.com"], placeholder: Self(text: "placeholder.invalid"),
    schema: ScalarSchema(pattern: "^(\\*\\.)?\(HostName.pattern)$", maximumLength: 253))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard bytes.count <= 253 else { return nil }
    let isWildcard = bytes.count > 2 && bytes[0] == 0x2A && bytes[1] == 0x2E
    return HostName.isName(isWildcard ? bytes.extracting(2...) : bytes) ? Self(text: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake {
    if let star = text.utf8.lastIndex(of: 0x2A) {
      let offset = text.utf8.distance(from: text.startIndex, to: star)
      guard offset == 0, text.hasPrefix("*."), text.utf8.count > 2 else {
        return mistake(
          text, "a `*` can only be the whole first part, with a name behind it", at: offset..<offset + 1)
      }
      // The rest is at fault: tell of it as of a name, with the `*.` out of the way.
      let rest = String(text.dropFirst(2))
      let lowered = text.lowercased()
      if read(lowered) != nil {
        return mistake(text, "it has upper-case letters", write: lowered, isSafe: true)
      }
      let fault = HostName.grammar.fault(in: rest)
      return mistake(
        text, fault?.reason ?? "an address cannot have a wildcard",
        at: fault?.range.map { $0.lowerBound + 2..<$0.upperBound + 2 })
    }
    return HostName.explain(text, as: Self.self)
  }
}
