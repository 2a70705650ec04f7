/// A JSON value as External Secrets Operator holds it: numbers keep their digits, and text is written as Go writes it.
public indirect enum SecretJSON: Hashable, Sendable {
  /// A key of an object and its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// The value.
    public let value: SecretJSON

    /// Makes a member.
    public init(_ key: String, _ value: SecretJSON) {
      self.key = key
      self.value = value
    }
  }

  case null
  case bool(Bool)
  /// The digits as they came.
  case number(String)
  case string(String)
  case array([SecretJSON])
  /// The members in the order in which they are written; one that was read is sorted by the bytes of its keys, as Go
  /// does.
  case object([Member])

  /// Reads a JSON text; `nil` when it is none, or is nested more than 256 deep. Of a key that comes twice the last
  /// holds.
  public init?(parsing text: String) {
    var parser = SecretJSONParser(Array(text.utf8))
    guard let value = parser.parse() else { return nil }
    self = value
  }

  /// The text that Go's `encoding/json` writes: keys sorted, no blanks, `<`, `>`, `&`, U+2028 and U+2029 escaped.
  public var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let value): Self.quoted(value)
    case .array(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
    }
  }

  /// An object with its members sorted as Go sorts them.
  public static func object(sorting members: [String: SecretJSON]) -> SecretJSON {
    .object(
      members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { Member($0.key, $0.value) })
  }

  /// The value of a key of an object.
  public subscript(key: String) -> SecretJSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}", "<", ">", "&", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Reads JSON (RFC 8259).
private struct SecretJSONParser {
  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func parse() -> SecretJSON? {
    guard let value = parseValue() else { return nil }
    skipBlanks()
    return offset == bytes.count ? value : nil
  }

  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = peek(), byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { offset += 1 }
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: scalar) else { return false }
    offset += 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let isThere = word.withUTF8Buffer { bytes[offset...].starts(with: $0) }
    if isThere { offset += word.utf8CodeUnitCount }
    return isThere
  }

  private mutating func parseValue() -> SecretJSON? {
    guard depth < 256 else { return nil }
    depth += 1
    defer { depth -= 1 }
    skipBlanks()
    switch peek() {
    case UInt8(ascii: "{"): return parseObject()
    case UInt8(ascii: "["): return parseArray()
    case UInt8(ascii: "\""): return parseString().map { .string($0) }
    case UInt8(ascii: "t"): return take(word: "true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return take(word: "false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return take(word: "null") ? .null : nil
    default: return parseNumber().map { .number($0) }
    }
  }

  private mutating func parseObject() -> SecretJSON? {
    var members: [String: SecretJSON] = [:]
    offset += 1
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard let key = parseString() else { return nil }
      skipBlanks()
      guard take(":"), let value = parseValue() else { return nil }
      members[key] = value
      skipBlanks()
    } while take(",")
    return take("}") ? .object(sorting: members) : nil
  }

  private mutating func parseArray() -> SecretJSON? {
    var elements: [SecretJSON] = []
    offset += 1
    skipBlanks()
    if take("]") { return .array(elements) }
    repeat {
      guard let value = parseValue() else { return nil }
      elements.append(value)
      skipBlanks()
    } while take(",")
    return take("]") ? .array(elements) : nil
  }

  private mutating func parseNumber() -> String? {
    let start = offset
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } ?? false }
    _ = take("-")
    let wholeStart = offset
    while isDigit(peek()) { offset += 1 }
    guard offset > wholeStart, offset == wholeStart + 1 || bytes[wholeStart] != UInt8(ascii: "0") else { return nil }
    if take(".") {
      guard isDigit(peek()) else { return nil }
      while isDigit(peek()) { offset += 1 }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard isDigit(peek()) else { return nil }
      while isDigit(peek()) { offset += 1 }
    }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func parseString() -> String? {
    guard take("\"") else { return nil }
    var units: [UInt8] = []
    while let byte = peek() {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = parseEscape() else { return nil }
        units += String(Character(scalar)).utf8
      case 0..<0x20: return nil
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func parseEscape() -> Unicode.Scalar? {
    guard let kind = peek() else { return nil }
    offset += 1
    switch kind {
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "u"):
      guard let unit = parseHex() else { return nil }
      if let scalar = Unicode.Scalar(unit) { return scalar }
      // A surrogate: with its other half a character, alone U+FFFD, as in Go.
      let mark = offset
      guard unit < 0xDC00, take("\\"), take("u"), let low = parseHex(), (0xDC00..<0xE000).contains(low) else {
        offset = mark
        return "\u{FFFD}"
      }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    default: return nil
    }
  }

  private mutating func parseHex() -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    defer { offset += 4 }
    let digits = String(decoding: bytes[offset..<(offset + 4)], as: UTF8.self)
    return digits.hasPrefix("+") || digits.hasPrefix("-") ? nil : UInt32(digits, radix: 16)
  }
}
