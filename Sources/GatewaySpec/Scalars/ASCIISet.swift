/// A set of ASCII characters; asking it costs a shift. No byte of a character outside ASCII is ever a member.
struct ASCIISet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The set of the characters of a text; those outside ASCII are left out.
  init(_ members: StaticString) {
    members.withUTF8Buffer { for byte in $0 { insert(byte) } }
  }

  /// The union of sets.
  init(_ sets: ASCIISet..., and members: StaticString = "") {
    self.init(members)
    for set in sets {
      low |= set.low
      high |= set.high
    }
  }

  private mutating func insert(_ byte: UInt8) {
    if byte < 64 {
      low |= 1 << UInt64(byte)
    } else if byte < 128 {
      high |= 1 << UInt64(byte - 64)
    }
  }

  /// Whether the byte is a member.
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 128 else { return false }
    return (byte < 64 ? low >> UInt64(byte) : high >> UInt64(byte - 64)) & 1 == 1
  }

  static let digits = ASCIISet("0123456789")
  static let lowercase = ASCIISet("abcdefghijklmnopqrstuvwxyz")
  static let uppercase = ASCIISet("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  static let lowercaseAndDigits = ASCIISet(lowercase, digits)
  static let alphanumerics = ASCIISet(lowercase, uppercase, digits)
}

extension UInt8 {
  var isASCIIDigit: Bool { self &- 0x30 < 10 }
  var isASCIIUppercase: Bool { self &- 0x41 < 26 }
  var isASCIILowercase: Bool { self &- 0x61 < 26 }
  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }
  var isASCIIHexDigit: Bool { isASCIIDigit || (self | 0x20) &- 0x61 < 6 }
  var isASCIIWhitespace: Bool { self == 0x20 || self &- 0x09 < 5 }
}
