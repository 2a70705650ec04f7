/// How a text is written in YAML.
enum YAMLScalarStyle: Equatable {
  /// As it is.
  case plain
  /// Between double quotes, with escapes.
  case doubleQuoted
  /// Below `|`, line by line. `indicator` is set if a reader could not find the indentation by itself.
  case literal(indicator: Bool)

  /// The style of a value.
  init(value text: String) {
    let bytes = text.utf8Span.span
    if Self.isPlain(bytes) {
      self = .plain
    } else {
      self = Self.literal(bytes) ?? .doubleQuoted
    }
  }

  /// Whether every reader of YAML 1.1 or 1.2 takes the bare text for this very string, in block context.
  ///
  /// The rule would rather quote too much: the implicit types of YAML 1.1 (https://yaml.org/type/) and 1.2.2 (10.3.2)
  /// are all refused, and so are the commas that Ruby's reader allows in numbers.
  static func isPlain(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 0, hasPlainStart(bytes), bytes[bytes.count - 1] != UInt8(ascii: " ") else { return false }
    var previous: UInt8 = 0
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: ":"):
        if index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: " ") { return false }
      case UInt8(ascii: "#"):
        if previous == UInt8(ascii: " ") { return false }
      case 0x20...0x7E: break
      default:
        if unprintableLength(bytes, at: index) > 0 { return false }
      }
      previous = byte
    }
    return true
  }

  /// The number of bytes of the character at `index` if it has to be escaped, else 0. Tab and line feed count as such.
  ///
  /// The same set as `Unicode.Scalar.isPrintable`, told from the bytes, because every byte written passes here.
  static func unprintableLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
    switch bytes[index] {
    case 0x00...0x1F, 0x7F: 1
    case 0xC2: bytes[index + 1] < 0xA0 ? 2 : 0
    case 0xE2: bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8 ? 3 : 0
    case 0xEF:
      switch (bytes[index + 1], bytes[index + 2]) {
      case (0xBB, 0xBF), (0xBF, 0xBE), (0xBF, 0xBF): 3
      default: 0
      }
    default: 0
    }
  }
}

extension YAMLScalarStyle {
  private static func hasPlainStart(_ bytes: Span<UInt8>) -> Bool {
    switch bytes[0] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return !isReservedWord(bytes, from: 0)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      return !looksLikeNumber(bytes)
    case UInt8(ascii: "-"):
      // Command line flags, `-c` and `--port`: not an element, not a document marker, not a number.
      let start = bytes.count > 1 && bytes[1] == UInt8(ascii: "-") ? 2 : 1
      return start < bytes.count && isLetter(bytes[start]) && !isReservedWord(bytes, from: start)
    case UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "$"), UInt8(ascii: "("), 0x80...:
      return true
    default:
      return false
    }
  }

  /// Covers decimal, octal, sexagesimal, versions and dates by their alphabet, the other bases by their prefix.
  private static func looksLikeNumber(_ bytes: Span<UInt8>) -> Bool {
    if bytes[0] == UInt8(ascii: "0"), bytes.count > 1 {
      switch bytes[1] | 0x20 {
      case UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b"): return true
      default: break
      }
    }
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: " "): break
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "e"), UInt8(ascii: "E"): break
      case UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "z"), UInt8(ascii: "Z"): break
      default: return false
      }
    }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  /// Tells the words of the implicit types, in any case. `infinity` and bare `inf` and `nan` are no YAML, but some
  /// readers know them.
  private static func isReservedWord(_ bytes: Span<UInt8>, from start: Int) -> Bool {
    func rest(is word: StaticString) -> Bool {
      guard bytes.count - start == word.utf8CodeUnitCount else { return false }
      return word.withUTF8Buffer { letters in
        letters.indices.allSatisfy { bytes[start + $0] | 0x20 == letters[$0] }
      }
    }
    return switch bytes[start] | 0x20 {
    case UInt8(ascii: "f"): rest(is: "false")
    case UInt8(ascii: "i"): rest(is: "inf") || rest(is: "infinity")
    case UInt8(ascii: "n"): rest(is: "n") || rest(is: "no") || rest(is: "nan") || rest(is: "null")
    case UInt8(ascii: "o"): rest(is: "on") || rest(is: "off")
    case UInt8(ascii: "t"): rest(is: "true")
    case UInt8(ascii: "y"): rest(is: "y") || rest(is: "yes")
    default: false
    }
  }

  /// The literal style if the text has several lines and nothing to be escaped.
  private static func literal(_ bytes: Span<UInt8>) -> YAMLScalarStyle? {
    var hasLineFeed = false
    var firstOfText: UInt8?
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\n") {
        hasLineFeed = true
        continue
      }
      if firstOfText == nil { firstOfText = byte }
      if byte != UInt8(ascii: "\t"), unprintableLength(bytes, at: index) > 0 { return nil }
    }
    guard hasLineFeed, let firstOfText else { return nil }
    return .literal(indicator: firstOfText == UInt8(ascii: " ") || firstOfText == UInt8(ascii: "\t"))
  }
}
