/// JSON strings, to and from text (RFC 8259, section 7).
enum JSONText {
  /// A JSON string with its quotes.
  static func encode(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 2)
    append(text, to: &bytes)
    return bytes
  }

  /// Appends a JSON string with its quotes. What need not be escaped is not.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    let index = JSONScanner.endOfPlainText(bytes.span, from: start)
    // Hardly any text goes on from here.
    let rest = Array(bytes[index...])
    bytes.removeSubrange(index...)
    for byte in rest {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
      case 0..<0x20:
        bytes.append(contentsOf: byte < 16 ? #"\u000"#.utf8 : #"\u001"#.utf8)
        let low = byte & 15
        bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The text of a JSON string that the scanner has accepted; `range` includes the quotes.
  ///
  /// Bytes that are not UTF-8 and lone surrogates become U+FFFD.
  static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    guard range.count >= 2 else { return "" }
    return decodeContent(bytes, range.lowerBound + 1..<range.upperBound - 1)
  }

  /// The text of the inside of a JSON string.
  static func decodeContent(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    var index = range.lowerBound
    let end = range.upperBound
    while index < end {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < end else {
        text.append(byte)
        continue
      }
      let escape = bytes[index]
      index += 1
      switch escape {
      case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "r"): text.append(UInt8(ascii: "\r"))
      case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
      case UInt8(ascii: "b"): text.append(8)
      case UInt8(ascii: "f"): text.append(12)
      case UInt8(ascii: "u"): text.append(contentsOf: String(decodeScalar(bytes, &index, end: end)).utf8)
      default: text.append(escape)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Bytes as text; what is not UTF-8 becomes U+FFFD.
  static func text(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  /// The value of a hexadecimal digit.
  static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// What `\u` begins at `index`, with the second half of a surrogate pair.
  private static func decodeScalar(_ bytes: Span<UInt8>, _ index: inout Int, end: Int) -> Character {
    let first = codeUnit(bytes, index, end: end)
    index = min(index + 4, end)
    if let scalar = Unicode.Scalar(first) { return Character(scalar) }
    if first < 0xDC00, index + 6 <= end, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") {
      let second = codeUnit(bytes, index + 2, end: end)
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        index += 6
        return Character(scalar)
      }
    }
    return "\u{FFFD}"
  }

  private static func codeUnit(_ bytes: Span<UInt8>, _ index: Int, end: Int) -> UInt32 {
    guard index + 4 <= end else { return 0xFFFD }
    return (0..<4).reduce(0) { $0 << 4 | UInt32(hexDigit(bytes[index + $1]) ?? 0) }
  }
}
