/// The pattern of a policy rule: which request paths the rule is about.
///
/// Comparison is by bytes, as in Vault: paths that only look alike are different.
public struct PathPattern: Hashable, Sendable {
  /// How a pattern is matched, and with it the table in which Vault keeps it.
  public enum Kind: String, Sendable, Hashable {
    /// The path is the pattern.
    case exact
    /// The path begins with the text before the final `*`.
    case prefix
    /// Segment by segment, `+` standing for any one segment; may also end in `*`.
    case segment
  }

  /// The pattern as it was written.
  public let written: String
  /// The bytes of the normal form: one leading slash dropped, a final `*` kept.
  public let bytes: [UInt8]
  /// How it is matched.
  public let kind: Kind

  /// Makes a pattern from what stands in a policy. Any text is a pattern; ``hasForbiddenWildcards`` tells the one kind
  /// that Vault refuses.
  public init(_ written: String) {
    self.written = written
    let utf8 = Array(written.utf8)
    bytes = utf8.first == Self.slash ? Array(utf8.dropFirst()) : utf8
    kind = Self.kind(of: bytes)
  }

  /// The normal form: one leading slash dropped, a final `*` kept.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether it ends in `*`, in which case paths may go on.
  public var endsInGlob: Bool { kind != .exact && bytes.last == Self.star }

  /// The normal form without the final `*` of a glob.
  public var literalBytes: ArraySlice<UInt8> { endsInGlob ? bytes.dropLast() : bytes[...] }

  /// Whether it holds `+*`, which Vault refuses anywhere.
  public var hasForbiddenWildcards: Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == Self.plus && $1 == Self.star }
  }

  /// Whether a `*` stands before the end, where it is an ordinary character.
  public var hasLiteralStar: Bool { literalBytes.contains(Self.star) }

  /// Whether a segment holds a `+` beside other characters, where it is an ordinary character.
  public var hasLiteralPlus: Bool {
    segments.contains { $0.contains(Self.plus) && !Self.isWildcard($0) }
  }

  /// Whether it holds `{{`, so that it means something only for a given identity.
  public var isTemplated: Bool {
    zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "{") }
  }

  /// The text between slashes, without the final `*` of a glob.
  var segments: [ArraySlice<UInt8>] {
    literalBytes.split(separator: Self.slash, omittingEmptySubsequences: false)
  }

  /// Whether the rule is about this request path. The path has no leading slash.
  public func matches(_ path: String) -> Bool { matches(Array(path.utf8)) }

  func matches(_ path: [UInt8]) -> Bool {
    switch kind {
    case .exact: return path == bytes
    case .prefix: return path.starts(with: literalBytes)
    case .segment:
      let wanted = segments
      let given = path.split(separator: Self.slash, omittingEmptySubsequences: false)
      guard endsInGlob ? given.count >= wanted.count : given.count == wanted.count else { return false }
      for (index, segment) in wanted.enumerated() where !Self.isWildcard(segment) && segment != given[index] {
        let isOpenEnd = endsInGlob && index == wanted.count - 1
        guard isOpenEnd, given[index].starts(with: segment) else { return false }
      }
      return true
    }
  }

  static let slash = UInt8(ascii: "/")
  static let star = UInt8(ascii: "*")
  static let plus = UInt8(ascii: "+")

  static func isWildcard(_ segment: ArraySlice<UInt8>) -> Bool { segment.count == 1 && segment.first == plus }

  /// Vault sends a pattern to the segment table when it is `+`, begins with `+/`, or holds `/+`, even if that `+` is
  /// then an ordinary character.
  private static func kind(of bytes: [UInt8]) -> Kind {
    let beginsWithPlus = bytes.first == plus && (bytes.count == 1 || bytes[1] == slash)
    if beginsWithPlus || zip(bytes, bytes.dropFirst()).contains(where: { $0 == slash && $1 == plus }) {
      return .segment
    }
    return bytes.last == star ? .prefix : .exact
  }

  /// Whether the normal forms are the same, byte by byte.
  public static func == (left: PathPattern, right: PathPattern) -> Bool { left.bytes == right.bytes }

  /// Hashes the normal form.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(bytes)
  }
}

extension PathPattern: ExpressibleByStringLiteral, CustomStringConvertible {
  /// Makes a pattern from what stands in a policy.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The normal form.
  public var description: String { text }
}
