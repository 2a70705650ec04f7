/// A place in the network: a host name, an address or a range of addresses, and a TCP port, such as
/// "redis.cache.svc:6379", "10.20.0.0/16:5432" or "[fd00::]/8:443". What a NetworkPolicy can say of a connection.
public struct NetworkDestination: TextScalar, DiagnosedScalar {
  /// The kinds of host.
  public enum Host: Hashable, Sendable {
    /// A DNS name.
    case name(String)
    /// A range of IPv4 or IPv6 addresses in CIDR notation; one address has all its bits.
    case range(String)
  }

  /// The text as it was written.
  public let text: String
  /// The host.
  public let host: Host
  /// The port.
  public let port: Port

  /// Whether both are the same.
  public static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// Feeds what equality compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  static let scalarKind = ScalarKind<NetworkDestination>(
    "a host and a port", samples: ["redis.cache.svc:6379", "10.20.0.0/16:5432"],
    placeholder: Self(text: "placeholder.invalid:65535", host: .name("placeholder.invalid"), port: .https),
    schema: ScalarSchema(
      pattern: "^([a-z0-9][-a-z0-9.]*|\\[[0-9A-Fa-f:.]+\\])(/[0-9]{1,3})?:[1-9][0-9]{0,4}$", maximumLength: 300))

  static func read(_ text: String) -> Self? {
    guard text.utf8.count <= 300, let colon = text.utf8.lastIndex(of: 0x3A),
      let port = Port.read(String(text[text.index(after: colon)...])), let host = readHost(text[..<colon])
    else { return nil }
    return Self(text: text, host: host, port: port)
  }

  private static func readHost(_ text: Substring) -> Host? {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    var address = String(parts[0])
    let isVersion6 = address.utf8.first == 0x5B
    if isVersion6 {
      guard address.utf8.last == 0x5D, address.utf8.count > 2 else { return nil }
      address = String(address.dropFirst().dropLast())
      guard IPAddress.isIPv6(address.utf8.span) else { return nil }
    } else if !IPAddress.isIPv4(address.utf8.span) {
      return parts.count == 1 && HostName.isName(address.utf8.span) ? .name(address) : nil
    }
    let bits = isVersion6 ? 128 : 32
    guard parts.count == 2 else { return .range("\(address)/\(bits)") }
    guard let prefix = Int(parts[1]), (0...bits).contains(prefix), String(prefix) == parts[1] else { return nil }
    return .range("\(address)/\(prefix)")
  }

  static func explain(_ text: String) -> ScalarMistake {
    if let url = WebURL.read(text) {
      return mistake(text, "it is a URL", write: "\(url.authorityHost):\(url.effectivePort)")
    }
    if readHost(text[...]) != nil {
      return mistake(text, "it has no port", write: text + ":443")
    }
    guard let colon = text.utf8.lastIndex(of: 0x3A) else { return mistake(text, "it has no port") }
    let port = String(text[text.index(after: colon)...])
    if Port.read(port) == nil {
      return mistake(
        text, "what stands behind the last colon is no port",
        at: text.utf8Offsets(of: text.index(after: colon)..<text.endIndex))
    }
    let host = String(text[..<colon])
    if IPAddress.isIPv6(host.utf8.span) {
      return mistake(text, "an IPv6 address stands in brackets", write: "[\(host)]:\(port)", isSafe: true)
    }
    if readHost(host.lowercased()[...]) != nil {
      return mistake(text, "it has upper-case letters", write: "\(host.lowercased()):\(port)", isSafe: true)
    }
    return mistake(
      text, "what stands before the port is neither a host name nor an address nor a range of them",
      at: text.utf8Offsets(of: text.startIndex..<colon))
  }
}

extension WebURL {
  /// The host as it stands before a port, an IPv6 address in brackets.
  fileprivate var authorityHost: String { hostKind == .ipv6 ? "[\(host)]" : host }

  /// Where a client connects to.
  public var destination: NetworkDestination {
    (try? NetworkDestination(parsing: "\(authorityHost):\(effectivePort)")) ?? .placeholder
  }
}
