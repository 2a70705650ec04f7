/// The classes of bytes that the grammar of HTTP is made of (RFC 9110, 5.5 and 5.6).
enum ByteClass {
  // One bit a character: the visible ones that are no delimiter.
  private static let lowTokens: UInt64 = 0x03ff_6cfa_0000_0000
  private static let highTokens: UInt64 = 0x57ff_ffff_c7ff_fffe

  /// `tchar`: what methods and field names are made of.
  static func isToken(_ byte: UInt8) -> Bool {
    guard byte < 128 else { return false }
    return (byte < 64 ? lowTokens >> UInt64(byte) : highTokens >> UInt64(byte & 63)) & 1 == 1
  }

  /// `SP / HTAB / VCHAR / obs-text`: what a field value is made of.
  static func isValue(_ byte: UInt8) -> Bool {
    byte >= 0x20 ? byte != 0x7f : byte == 0x09
  }

  /// `VCHAR`: what a request target is made of.
  static func isVisible(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7f
  }

  /// `SP / HTAB`.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09
  }

  static func hexDigit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  static let carriageReturn: UInt8 = 0x0D
  static let lineFeed: UInt8 = 0x0A
}
