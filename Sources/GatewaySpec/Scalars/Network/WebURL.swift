/// An absolute http or https URL without user info and without fragment, such as "https://vault.example.com:8200/v1"
/// (RFC 3986). Scheme and host are kept in lower case, the rest as it was written.
public struct WebURL: TextScalar, DiagnosedScalar {
  /// The schemes a URL of the spec can have.
  public enum Scheme: String, Hashable, Sendable {
    case http, https
  }

  /// The kinds of host a URL can have.
  public enum HostKind: Hashable, Sendable {
    /// A DNS name.
    case name
    /// Four numbers.
    case ipv4
    /// An IPv6 address, in brackets in the text.
    case ipv6
  }

  /// The text as it was written.
  public let text: String
  /// Whether the host is a name or an address.
  public let hostKind: HostKind
  /// The port as written; nil where none is.
  public let port: Port?
  /// UTF-8 offsets at which the host starts and ends (brackets included), the path starts, and the path ends.
  private let hostStart, hostEnd, pathStart, pathEnd: UInt16

  /// The scheme.
  public var scheme: Scheme { hostStart == 8 ? .https : .http }
  /// The host, an IPv6 address without its brackets.
  public var host: String {
    hostKind == .ipv6 ? slice(hostStart + 1, hostEnd - 1) : slice(hostStart, hostEnd)
  }
  /// Host and port as written, an IPv6 address in brackets: what a `Host` header holds.
  public var authority: String { slice(hostStart, pathStart) }
  /// The port as written, else the scheme's own: 80 or 443.
  public var effectivePort: Port { port ?? (scheme == .https ? .https : .http) }
  /// The path as written: empty, or something that starts with `/`.
  public var path: String { slice(pathStart, pathEnd) }
  /// What stands behind the `?`; nil where no `?` is.
  public var query: String? {
    Int(pathEnd) < text.utf8.count ? slice(pathEnd + 1, UInt16(clamping: text.utf8.count)) : nil
  }
  /// Whether requests stay on this machine.
  public var isLoopback: Bool {
    switch hostKind {
    case .name: host == "localhost" || host.hasSuffix(".localhost")
    case .ipv4: host.hasPrefix("127.")
    case .ipv6: host == "::1"
    }
  }

  private func slice(_ start: UInt16, _ end: UInt16) -> String {
    String(text.utf8.dropFirst(Int(start)).prefix(Int(end) - Int(start))) ?? ""
  }

  /// Whether both are the same.
  public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static let scalarKind = ScalarKind<WebURL>(
    "an http or https URL", samples: ["https://vault.example.com:8200", "http://vllm.models.svc:8000/v1"],
    placeholder: Self(constant: "http://placeholder.invalid"),
    schema: ScalarSchema(
      pattern: "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#@]+(/[^\\s?#]*)?(\\?[^\\s#]*)?$", maximumLength: 2048))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard bytes.count <= 2048, let hostStart = schemeEnd(bytes) else { return nil }
    var isLowercase = !(0..<hostStart).contains { bytes[$0].isASCIIUppercase }
    var authorityEnd = hostStart
    while authorityEnd < bytes.count, bytes[authorityEnd] != 0x2F, bytes[authorityEnd] != 0x3F {
      if bytes[authorityEnd].isASCIIUppercase { isLowercase = false }
      authorityEnd += 1
    }
    guard isLowercase else {
      return read(text.utf8.prefix(authorityEnd).lowercasedASCII + (String(text.utf8.dropFirst(authorityEnd)) ?? ""))
    }
    guard let (kind, hostEnd) = hostShape(bytes, hostStart, authorityEnd) else { return nil }
    var port: Port?
    if hostEnd < authorityEnd {
      guard bytes[hostEnd] == 0x3A, let written = Port.read(bytes.extracting(hostEnd + 1..<authorityEnd)) else {
        return nil
      }
      port = written
    }
    var pathEnd = authorityEnd
    while pathEnd < bytes.count, bytes[pathEnd] != 0x3F { pathEnd += 1 }
    guard HTTPPath.hasOnlyPathCharacters(bytes, authorityEnd..<pathEnd) else { return nil }
    if pathEnd < bytes.count, !HTTPPath.hasOnlyPathCharacters(bytes, pathEnd + 1..<bytes.count, orAlso: 0x3F) {
      return nil
    }
    return Self(
      text: text, hostKind: kind, port: port, hostStart: UInt16(hostStart), hostEnd: UInt16(hostEnd),
      pathStart: UInt16(authorityEnd), pathEnd: UInt16(pathEnd))
  }

  /// The offset behind `http://` or `https://`, in any case.
  private static func schemeEnd(_ bytes: Span<UInt8>) -> Int? {
    guard bytes.count > 7 else { return nil }
    for (index, letter) in "http".utf8.enumerated() where bytes[index] | 0x20 != letter { return nil }
    let colon = bytes[4] | 0x20 == 0x73 ? 5 : 4
    guard bytes.count > colon + 3, bytes[colon] == 0x3A, bytes[colon + 1] == 0x2F, bytes[colon + 2] == 0x2F else {
      return nil
    }
    return colon + 3
  }

  /// The kind of the host that starts the authority, and where it ends.
  private static func hostShape(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (HostKind, Int)? {
    var index = start
    if start < end, bytes[start] == 0x5B {
      while index < end, bytes[index] != 0x5D { index += 1 }
      guard index < end, IPAddress.isIPv6(bytes.extracting(start + 1..<index)) else { return nil }
      return (.ipv6, index + 1)
    }
    while index < end, bytes[index] != 0x3A { index += 1 }
    let host = bytes.extracting(start..<index)
    if IPAddress.isIPv4(host) { return (.ipv4, index) }
    return HostName.isName(host) ? (.name, index) : nil
  }
}

extension Sequence<UInt8> {
  /// The text of ASCII bytes, upper-case letters made lower-case.
  var lowercasedASCII: String {
    String(decoding: map { $0.isASCIIUppercase ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
