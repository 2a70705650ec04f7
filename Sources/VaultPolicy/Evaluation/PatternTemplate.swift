/// A pattern split at its `{{…}}`.
///
/// Vault fills templates in when a token is used. A parameter without a value drops the whole rule without a word, and
/// so does a wildcard in a value; a dropped `deny` is a hole.
public struct PatternTemplate: Hashable, Sendable {
  /// A part of the pattern.
  public enum Part: Hashable, Sendable {
    /// Text that stays.
    case text(String)
    /// The name of a parameter, without blanks around it.
    case parameter(String)
  }

  /// Why a template cannot be filled in.
  public enum Failure: Error, Hashable, Sendable {
    /// The parameter is unknown, or has no value for this identity.
    case unresolved(parameter: String)
    /// The value holds `*` or `+`.
    case wildcard(parameter: String)
    /// The value holds `/`, and the server refuses that.
    case slash(parameter: String)
  }

  /// The parts in order.
  public let parts: [Part]

  /// Splits a pattern; `nil` when braces do not pair up, which Vault refuses on writing.
  public init?(_ pattern: String) {
    var parts: [Part] = []
    var rest = pattern[...]
    while let open = rest.firstRange(ofBytes: "{{") {
      let text = rest[..<open.lowerBound]
      let inside = rest[open.upperBound...]
      guard text.firstRange(ofBytes: "}}") == nil, let close = inside.firstRange(ofBytes: "}}") else { return nil }
      let parameter = inside[..<close.lowerBound]
      guard parameter.firstRange(ofBytes: "{{") == nil else { return nil }
      if !text.isEmpty { parts.append(.text(String(text))) }
      parts.append(.parameter(parameter.trimmingBlanks()))
      rest = inside[close.upperBound...]
    }
    guard rest.firstRange(ofBytes: "}}") == nil else { return nil }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    self.parts = parts
  }

  /// The names of the parameters in order.
  public var parameters: [String] {
    parts.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }

  /// Puts values in. With `deniesSlash` a value with `/` fails too: OpenBao, and Vault with
  /// `deny_slash_in_templated_paths`. Without an identity every parameter is unresolved.
  public func filled(for identity: Identity?, deniesSlash: Bool = false) throws(Failure) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .parameter(let name):
        guard let value = identity?.value(of: name) else { throw .unresolved(parameter: name) }
        if value.utf8.contains(PathPattern.star) || value.utf8.contains(PathPattern.plus) {
          throw .wildcard(parameter: name)
        }
        if deniesSlash, value.utf8.contains(PathPattern.slash) { throw .slash(parameter: name) }
        result += value
      }
    }
    return result
  }
}

extension Substring {
  /// The first place of a text of ASCII characters, byte by byte.
  func firstRange(ofBytes wanted: String) -> Range<Index>? {
    var start = utf8.startIndex
    while start < utf8.endIndex {
      if utf8[start...].starts(with: wanted.utf8) {
        return start..<utf8.index(start, offsetBy: wanted.utf8.count)
      }
      start = utf8.index(after: start)
    }
    return nil
  }

  func trimmingBlanks() -> String {
    var rest = self
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest.drop(while: \.isWhitespace))
  }
}
