/// Quoted strings of HCL 1.
///
/// Escapes are those of C. Between `${` and its `}` everything is taken as it stands, quotes and line ends too.
enum HCLString {
  static let unclosed = "this string is not closed"

  /// Moves behind the string that begins here. The value is what could be read when something is wrong.
  static func scan(_ lexer: inout HCLLexer) -> (value: String, error: String?) {
    lexer.offset += 1
    var value: [UInt8] = []
    var error: String?
    var braces = 0
    while let byte = lexer.peek() {
      if braces == 0, lexer.isLineEnd() { break }
      let start = lexer.offset
      switch byte {
      case UInt8(ascii: "\"") where braces == 0:
        lexer.offset += 1
        return (String(decoding: value, as: UTF8.self), error)
      case UInt8(ascii: "\\"):
        let escape = scanEscape(&lexer)
        if escape == nil { error = error ?? "unknown escape in a string" }
        value += braces > 0 ? Array(lexer.bytes[start..<lexer.offset]) : escape ?? []
        continue
      case UInt8(ascii: "$") where lexer.keepsInterpolations && braces == 0 && lexer.peek(1) == UInt8(ascii: "{"):
        braces = 1
        lexer.offset += 1
      case UInt8(ascii: "{") where braces > 0: braces += 1
      case UInt8(ascii: "}") where braces > 0: braces -= 1
      default: break
      }
      if lexer.isLineEnd(), byte == UInt8(ascii: "\r") {
        lexer.offset += 1
        continue
      }
      lexer.advance()
      value += lexer.bytes[start..<lexer.offset]
    }
    return (String(decoding: value, as: UTF8.self), unclosed)
  }

  /// Reads an escape; `nil` when there is none of that kind, in which case only the backslash is skipped.
  private static func scanEscape(_ lexer: inout HCLLexer) -> [UInt8]? {
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
      UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
      UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]
    lexer.offset += 1
    guard let kind = lexer.peek() else { return nil }
    if let byte = simple[kind] {
      lexer.offset += 1
      return [byte]
    }
    switch kind {
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      guard let code = digits(&lexer, skipping: 0, count: 3, base: 8), code < 256 else { return nil }
      return [UInt8(truncatingIfNeeded: code)]
    case UInt8(ascii: "x"):
      return digits(&lexer, skipping: 1, count: 2, base: 16).map { [UInt8(truncatingIfNeeded: $0)] }
    case UInt8(ascii: "u"): return digits(&lexer, skipping: 1, count: 4, base: 16).flatMap(encoded)
    case UInt8(ascii: "U"): return digits(&lexer, skipping: 1, count: 8, base: 16).flatMap(encoded)
    default: return nil
    }
  }

  private static func digits(_ lexer: inout HCLLexer, skipping: Int, count: Int, base: UInt32) -> UInt32? {
    var code: UInt32 = 0
    for index in 0..<count {
      guard let digit = lexer.peek(skipping + index)?.hexValue, digit < base else { return nil }
      code = code &* base &+ digit
    }
    lexer.offset += skipping + count
    return code
  }

  /// A code point in UTF-8. Half a surrogate pair becomes U+FFFD; past U+10FFFF there is nothing.
  private static func encoded(_ code: UInt32) -> [UInt8]? {
    guard code <= 0x10FFFF else { return nil }
    return Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
  }

  /// The literal that is read back as this text.
  static func quoted(_ text: String) -> String {
    var result = "\""
    let protectsDollar = !isPlainInterpolation(text)
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "$" where protectsDollar && next == "{": result += "\\u0024"
      case "\u{0}"..<"\u{20}", "\u{7F}", "\u{E123}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether every `${` has its `}` with nothing between that would need an escape, so that it can stand as it is.
  private static func isPlainInterpolation(_ text: String) -> Bool {
    var rest = text[...]
    while let open = rest.firstRange(ofBytes: "${") {
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(ofBytes: "}") else { return false }
      let needsEscape = rest[..<close.lowerBound].unicodeScalars.contains {
        $0.value < 0x20 || "\"\\{\u{7F}\u{E123}".unicodeScalars.contains($0)
      }
      if needsEscape { return false }
      rest = rest[close.upperBound...]
    }
    return true
  }
}
