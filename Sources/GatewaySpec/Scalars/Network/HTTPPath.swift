/// The absolute path of a request, such as "/health/readiness", without query and fragment (RFC 3986 section 3.3).
///
/// What Kubernetes refuses in the path of an Ingress or a route is refused everywhere: `//`, `/./`, `/../`, `%2f`.
public struct HTTPPath: TextScalar, DiagnosedScalar {
  /// The text as it was written.
  public let text: String

  /// The parts between the slashes; none for "/", the last one empty for a path that ends with a slash.
  public var segments: [Substring] {
    text.utf8.count == 1 ? [] : text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
  }

  /// Whether a request for `other` lies at or below this path, segment by segment: an Ingress path of type Prefix.
  public func covers(_ other: HTTPPath) -> Bool {
    let own = text.utf8.last == 0x2F ? text.utf8.dropLast() : text.utf8[...]
    guard other.text.utf8.starts(with: own) else { return false }
    return other.text.utf8.count == own.count || other.text.utf8.dropFirst(own.count).first == 0x2F
  }

  static let scalarKind = ScalarKind<HTTPPath>(
    "an absolute path", samples: ["/health/readiness", "/v1"], placeholder: Self(text: "/"),
    schema: ScalarSchema(pattern: "^/[-._~A-Za-z0-9%!$&'()+,;=:@/]*$", maximumLength: 1024))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard !bytes.isEmpty, bytes.count <= 1024, bytes[0] == 0x2F else { return nil }
    guard hasOnlyPathCharacters(bytes, 0..<bytes.count) else { return nil }
    for index in bytes.indices {
      switch bytes[index] {
      case 0x2F where !isSegmentNormal(bytes, after: index): return nil
      case 0x25 where bytes[index + 1] == 0x32 && bytes[index + 2] | 0x20 == 0x66: return nil
      case 0x2A: return nil
      default: break
      }
    }
    return Self(text: text)
  }

  /// Whether the segment behind a slash is neither `.` nor `..`, nor empty unless it is the last.
  private static func isSegmentNormal(_ bytes: Span<UInt8>, after slash: Int) -> Bool {
    var end = slash + 1
    while end < bytes.count, bytes[end] == 0x2E, end - slash <= 2 { end += 1 }
    let isWhole = end == bytes.count || bytes[end] == 0x2F
    return !isWhole || (end - slash == 1 && end == bytes.count)
  }

  /// Whether a part of a URL holds only what a path may: unreserved and reserved characters, `%` with two hex digits.
  static func hasOnlyPathCharacters(_ bytes: Span<UInt8>, _ range: Range<Int>, orAlso extra: UInt8 = 0x2F) -> Bool {
    let characters = characters
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == 0x25 {
        guard index + 2 < range.upperBound, bytes[index + 1].isASCIIHexDigit, bytes[index + 2].isASCIIHexDigit else {
          return false
        }
        index += 3
      } else {
        guard characters.contains(byte) || byte == extra else { return false }
        index += 1
      }
    }
    return true
  }

  private static let characters = ASCIISet(.alphanumerics, and: "-._~!$&'()*+,;=:@/")
}

extension HTTPPath {
  static func explain(_ text: String) -> ScalarMistake {
    if text.utf8.count > 1024 { return mistake(text, "it is longer than 1024 characters") }
    if let url = WebURL.read(text) {
      return mistake(text, "it is a whole URL", write: url.path.isEmpty ? "/" : url.path)
    }
    if !text.hasPrefix("/") {
      return mistake(text, "it does not start with `/`", write: "/" + text, isSafe: true)
    }
    if let mark = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
      let part = text[mark] == "?" ? "a query" : "a fragment"
      return mistake(
        text, "it has \(part)", write: String(text[..<mark]), at: text.utf8Offsets(of: mark..<text.endIndex))
    }
    if let star = text.firstIndex(of: "*") {
      let offset = text.utf8.distance(from: text.startIndex, to: star)
      let prefix = text.hasSuffix("/*") ? String(text.dropLast(2)) : text
      return mistake(
        text, "paths have no wildcards, and one covers what lies below it anyway",
        write: prefix.isEmpty ? "/" : prefix, at: offset..<offset + 1)
    }
    if let fault = characterFault(in: text, from: text.startIndex) {
      return mistake(text, fault.reason, at: fault.range)
    }
    if let range = text.firstRange(of: "%2f") ?? text.firstRange(of: "%2F") {
      return mistake(text, "it holds a slash in disguise, `%2f`", at: text.utf8Offsets(of: range))
    }
    let segments = text.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
    let tidy = "/" + segments.joined(separator: "/") + (text.hasSuffix("/") && !segments.isEmpty ? "/" : "")
    return mistake(text, "it holds an empty segment, `.` or `..`", write: tidy)
  }

  /// The first character that cannot stand in a path or a query, and where it stands.
  static func characterFault(in text: String, from start: String.Index) -> (reason: String, range: Range<Int>)? {
    var offset = text.utf8.distance(from: text.startIndex, to: start)
    let scalars = text[start...].unicodeScalars
    for index in scalars.indices {
      let scalar = scalars[index]
      let width = UTF8.width(scalar)
      let range = offset..<offset + width
      offset += width
      if scalar == "%" {
        let digits = scalars[scalars.index(after: index)...].prefix(2)
        if digits.count == 2, digits.allSatisfy({ $0.isASCII && UInt8($0.value).isASCIIHexDigit }) { continue }
        return ("a `%` must be followed by two hexadecimal digits", range)
      }
      if scalar.isASCII, characters.contains(UInt8(scalar.value)) || scalar == "?" { continue }
      return ("\(scalar == " " ? "a space" : ScalarMistake.quote(String(scalar))) cannot stand in it", range)
    }
    return nil
  }
}
