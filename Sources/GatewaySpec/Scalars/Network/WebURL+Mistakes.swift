extension WebURL {
  static func explain(_ text: String) -> ScalarMistake {
    if text.utf8.count > 2048 { return mistake(text, "it is longer than 2048 characters") }
    if let template = text.firstRange(of: "{{") ?? text.firstRange(of: "${") {
      return mistake(
        text, "it holds a template",
        help: "write the URL out; what differs between environments goes under `environments`",
        at: text.utf8Offsets(of: template))
    }
    guard let separator = text.firstRange(of: "://") else {
      return mistake(text, "it has no scheme", write: "https://" + text)
    }
    let scheme = text[..<separator.lowerBound]
    guard ["http", "https"].contains(scheme.lowercased()) else {
      return mistake(
        text, "its scheme is \(ScalarMistake.quote(String(scheme)))", write: "https" + text[separator.lowerBound...],
        at: 0..<scheme.utf8.count)
    }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let at = authority.lastIndex(of: "@") {
      return mistake(
        text, "it holds user info, and a credential does not belong in the spec",
        help: "declare the credential under `secrets` and leave what stands before the `@` out",
        at: text.utf8Offsets(of: authority.startIndex..<rest.index(after: at)))
    }
    if authority.isEmpty { return mistake(text, "it has no host") }
    return explainAuthority(text, authority) ?? explainRest(text, rest[authority.endIndex...])
  }

  private static func explainAuthority(_ text: String, _ authority: Substring) -> ScalarMistake? {
    var host = authority
    if authority.first == "[" {
      guard let bracket = authority.firstIndex(of: "]") else {
        return mistake(text, "the bracket of its address is not closed", at: text.utf8Offsets(of: authority))
      }
      host = authority[...bracket]
      if !IPAddress.isAddress(String(host)) {
        return mistake(
          text, "\(ScalarMistake.quote(String(host))) is not an IPv6 address", at: text.utf8Offsets(of: host))
      }
    } else if IPAddress.isIPv6(String(authority).utf8.span) {
      return mistake(
        text, "an IPv6 address stands in brackets",
        write: "\(text[..<authority.startIndex])[\(authority)]\(text[authority.endIndex...])", isSafe: true,
        at: text.utf8Offsets(of: authority))
    } else {
      host = authority.prefix { $0 != ":" }
    }
    let port = authority[host.endIndex...]
    if !port.isEmpty {
      if port == ":" {
        return mistake(
          text, "there is no port behind the colon", write: "\(text[..<port.startIndex])\(text[port.endIndex...])",
          isSafe: true, at: text.utf8Offsets(of: port))
      }
      if port.first != ":" || Port.read(String(port.dropFirst())) == nil {
        return mistake(
          text,
          "\(ScalarMistake.quote(String(port.first == ":" ? port.dropFirst() : port))) is not a port from 1 to 65535",
          at: text.utf8Offsets(of: port))
      }
    }
    let lowered = host.lowercased()
    guard host.first != "[", HostName.read(lowered) == nil, !IPAddress.isIPv4(lowered.utf8.span) else { return nil }
    let fault = HostName.grammar.fault(in: lowered)
    let start = text.utf8.distance(from: text.startIndex, to: host.startIndex)
    let reason = fault?.reason ?? "it ends with a number but is no IPv4 address"
    return mistake(
      text, "its host is malformed, \(reason)",
      at: fault?.range.map { $0.lowerBound + start..<$0.upperBound + start } ?? text.utf8Offsets(of: host))
  }

  private static func explainRest(_ text: String, _ rest: Substring) -> ScalarMistake {
    if let hash = rest.firstIndex(of: "#") {
      return mistake(
        text, "it has a fragment, which is never sent", write: String(text[..<hash]), isSafe: true,
        at: text.utf8Offsets(of: hash..<text.endIndex))
    }
    let fault = HTTPPath.characterFault(in: text, from: rest.startIndex)
    return mistake(text, fault?.reason ?? "it is malformed", at: fault?.range)
  }
}

extension String {
  /// The UTF-8 offsets of a range of this text.
  func utf8Offsets(of range: Range<Index>) -> Range<Int> {
    let start = utf8.distance(from: startIndex, to: range.lowerBound)
    return start..<start + utf8.distance(from: range.lowerBound, to: range.upperBound)
  }

  /// The UTF-8 offsets of a part of this text.
  func utf8Offsets(of part: Substring) -> Range<Int> { utf8Offsets(of: part.startIndex..<part.endIndex) }

  /// Where another text first stands in this one, byte by byte.
  func firstRange(of other: StaticString) -> Range<Index>? {
    other.withUTF8Buffer { needle in
      var start = utf8.startIndex
      while start < utf8.endIndex {
        if let end = utf8.index(start, offsetBy: needle.count, limitedBy: utf8.endIndex),
          utf8[start..<end].elementsEqual(needle)
        {
          return start..<end
        }
        start = utf8.index(after: start)
      }
      return nil
    }
  }
}
