/// Tells IP addresses from names (RFC 3986 section 3.2.2, RFC 4291 section 2.2).
enum IPAddress {
  /// Whether a text is an address, IPv6 with or without brackets.
  static func isAddress(_ text: String) -> Bool {
    let bytes = text.utf8.span
    guard !bytes.isEmpty else { return false }
    if bytes.count > 2, bytes[0] == 0x5B, bytes[bytes.count - 1] == 0x5D {
      return isIPv6(bytes.extracting(1..<bytes.count - 1))
    }
    return isIPv4(bytes) || isIPv6(bytes)
  }

  /// Whether the bytes are four numbers up to 255, without leading zeros, joined by dots.
  static func isIPv4(_ bytes: Span<UInt8>) -> Bool {
    var numbers = 0
    var index = 0
    while numbers < 4 {
      let start = index
      var number = 0
      while index < bytes.count, bytes[index].isASCIIDigit, index - start < 4 {
        number = number * 10 + Int(bytes[index] & 0x0F)
        index += 1
      }
      guard index > start, number < 256, index - start == 1 || bytes[start] != 0x30 else { return false }
      numbers += 1
      if numbers == 4 { break }
      guard index < bytes.count, bytes[index] == 0x2E else { return false }
      index += 1
    }
    return index == bytes.count
  }

  /// Whether the bytes are an IPv6 address, without brackets and without a zone.
  static func isIPv6(_ bytes: Span<UInt8>) -> Bool {
    var groups = 0
    var isShortened = false
    var index = 0
    if bytes.count >= 2, bytes[0] == 0x3A, bytes[1] == 0x3A {
      isShortened = true
      index = 2
    }
    while index < bytes.count {
      let start = index
      while index < bytes.count, bytes[index].isASCIIHexDigit { index += 1 }
      if index < bytes.count, bytes[index] == 0x2E {
        guard isIPv4(bytes.extracting(start...)) else { return false }
        groups += 2
        index = bytes.count
        break
      }
      guard index > start, index - start <= 4 else { return false }
      groups += 1
      guard index < bytes.count else { break }
      guard bytes[index] == 0x3A else { return false }
      index += 1
      // One colon must be followed by a group, two stand for a run of zeros, once.
      guard index < bytes.count else { return false }
      if bytes[index] == 0x3A {
        guard !isShortened else { return false }
        isShortened = true
        index += 1
      }
    }
    return isShortened ? groups < 8 : groups == 8
  }
}
