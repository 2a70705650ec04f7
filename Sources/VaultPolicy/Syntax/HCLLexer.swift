/// Splits a policy in HCL 1 into tokens. Never fails: what is wrong with a token is noted in it.
///
/// The rules are those of `hashicorp/hcl` v1.0.1-vault-7.
struct HCLLexer {
  let bytes: [UInt8]
  /// Whether `${…}` in a string is taken as it stands. JSON knows no such thing.
  let keepsInterpolations: Bool
  var offset = 0
  private var line = 1
  /// What is wrong with a character of the token being read.
  private var problem: String?

  init(_ bytes: [UInt8], keepsInterpolations: Bool = true) {
    self.bytes = bytes
    self.keepsInterpolations = keepsInterpolations
  }

  /// The next token; at the end of the file, again and again ``HCLToken/Kind/end``.
  mutating func next() -> HCLToken {
    skipBlanks()
    let start = offset
    let startLine = line
    problem = nil
    func token(_ kind: HCLToken.Kind, _ value: String = "", error: String? = nil) -> HCLToken {
      HCLToken(kind: kind, range: start..<offset, line: startLine, value: value, error: error ?? problem)
    }
    guard let byte = peek() else { return token(.end) }
    switch byte {
    case UInt8(ascii: "["): return punctuation(.openBracket)
    case UInt8(ascii: "]"): return punctuation(.closeBracket)
    case UInt8(ascii: "{"): return punctuation(.openBrace)
    case UInt8(ascii: "}"): return punctuation(.closeBrace)
    case UInt8(ascii: ","): return punctuation(.comma)
    case UInt8(ascii: "="): return punctuation(.assign)
    case UInt8(ascii: "\""):
      let (value, error) = HCLString.scan(&self)
      return token(.string, value, error: error)
    case UInt8(ascii: "<"):
      let (value, error) = HCLHeredoc.scan(&self)
      return token(.heredoc, value, error: error)
    case UInt8(ascii: "#"), UInt8(ascii: "/"):
      let error = skipComment()
      return token(.comment, text(start..<offset), error: error)
    case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "0")...UInt8(ascii: "9"):
      if let (kind, error) = scanNumber() { return token(kind, text(start..<offset), error: error) }
    default: break
    }
    guard let scalar = advance() else { return token(.illegal) }
    guard Self.isLetter(scalar) else {
      return token(.illegal, text(start..<offset), error: "unexpected character `\(scalar.escaped(asASCII: false))`")
    }
    while let next = peekScalar(), Self.isLetter(next) || Self.isDigit(next) || next == "-" || next == "." { advance() }
    let word = text(start..<offset)
    return token(word == "true" || word == "false" ? .bool : .identifier, word)
  }

  private mutating func punctuation(_ kind: HCLToken.Kind) -> HCLToken {
    offset += 1
    return HCLToken(kind: kind, range: (offset - 1)..<offset, line: line, value: "")
  }

  // MARK: Characters

  /// The byte at an offset from here.
  func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < bytes.count ? bytes[offset + distance] : nil
  }

  /// The character here; `nil` at the end and at broken UTF-8.
  func peekScalar() -> Unicode.Scalar? {
    var copy = self
    return copy.advance()
  }

  /// Moves behind the character here and returns it; `nil` at the end and for broken UTF-8, of which one byte is
  /// skipped.
  @discardableResult
  mutating func advance() -> Unicode.Scalar? {
    guard let byte = peek() else { return nil }
    if byte < 0x80 {
      offset += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      if byte == 0 { problem = problem ?? "a NUL is not allowed" }
      return Unicode.Scalar(byte)
    }
    let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
    let end = min(offset + length, bytes.count)
    guard let decoded = String(validating: bytes[offset..<end], as: UTF8.self)?.unicodeScalars.first else {
      offset += 1
      problem = problem ?? "this is not valid UTF-8"
      return nil
    }
    offset = end
    if decoded == "\u{E123}" { problem = problem ?? "the character U+E123 is not allowed" }
    return decoded
  }

  /// A text of the file with line ends as LF and broken UTF-8 replaced.
  func text(_ range: Range<Int>) -> String {
    let slice = bytes[range]
    guard slice.contains(UInt8(ascii: "\r")) else { return String(decoding: slice, as: UTF8.self) }
    let kept = zip(slice.indices, slice).filter { index, byte in
      !(byte == UInt8(ascii: "\r") && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n"))
    }
    return String(decoding: kept.map(\.1), as: UTF8.self)
  }

  private mutating func skipBlanks() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { advance() }
  }

  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "_": return true
    default:
      guard !scalar.isASCII else { return false }
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
      default: return false
      }
    }
  }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
  }

  // MARK: Comments and numbers

  /// Moves behind a comment; the line end, and a CR before it, stay.
  private mutating func skipComment() -> String? {
    let isBlock = peek() == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*")
    guard isBlock else {
      let isComment = peek() == UInt8(ascii: "#") || peek(1) == UInt8(ascii: "/")
      guard isComment else {
        offset += 1
        return "expected `//` or `/*`"
      }
      while peek() != nil, !isLineEnd() { advance() }
      return nil
    }
    offset += 2
    while let byte = peek() {
      if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        offset += 2
        return nil
      }
      advance()
    }
    return "this comment is not closed"
  }

  func isLineEnd() -> Bool {
    peek() == UInt8(ascii: "\n") || (peek() == UInt8(ascii: "\r") && peek(1) == UInt8(ascii: "\n"))
  }

  /// Reads a number: decimal, `0x` hexadecimal, octal after a 0, or a fraction. `nil` when none begins here.
  private mutating func scanNumber() -> (kind: HCLToken.Kind, error: String?)? {
    let start = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    if peek() == UInt8(ascii: "0"), let next = peek(1), next | 0x20 == UInt8(ascii: "x") {
      offset += 2
      let digits = skip { $0.isHexDigit }
      return (.integer, digits == 0 ? "this hexadecimal number has no digits" : nil)
    }
    let whole = skip { $0.isDigit }
    var isFloat = false
    if peek() == UInt8(ascii: "."), whole > 0 || (offset == start && peek(1)?.isDigit == true) {
      isFloat = true
      offset += 1
      skip { $0.isDigit }
    }
    guard whole > 0 || isFloat else {
      offset = start
      return nil
    }
    if let next = peek(), next | 0x20 == UInt8(ascii: "e") {
      isFloat = true
      offset += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
      if skip({ $0.isDigit }) == 0 { return (.float, "this number has an exponent without digits") }
    }
    let isBadOctal =
      !isFloat && whole > 1 && bytes[offset - whole] == UInt8(ascii: "0")
      && bytes[(offset - whole)..<offset].contains { $0 > UInt8(ascii: "7") }
    return (isFloat ? .float : .integer, isBadOctal ? "a number that begins with 0 is octal: no 8 or 9" : nil)
  }

  @discardableResult
  private mutating func skip(_ condition: (UInt8) -> Bool) -> Int {
    let start = offset
    while let byte = peek(), condition(byte) { offset += 1 }
    return offset - start
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isHexDigit: Bool { hexValue != nil }

  /// The value of a hexadecimal digit.
  var hexValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
