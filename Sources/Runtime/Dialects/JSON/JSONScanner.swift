/// A place where text is not JSON.
struct JSONSyntaxError: Error, Equatable {
  /// Bytes from the start of the text.
  let offset: Int
  /// What was expected there.
  let reason: String
}

/// Walks JSON text without building a tree: it checks the grammar (RFC 8259) and hands out byte ranges.
///
/// Values are not decoded, so that a body of megabytes costs one pass and no allocation. Whether strings are valid
/// UTF-8 is left to whoever decodes them.
struct JSONScanner {
  /// Arrays and objects inside each other; deeper is refused, because the scanner recurses.
  static let maximumDepth = 256

  /// The first byte of a value says what it is.
  enum Kind { case object, array, string, number, literal }

  /// The next byte to look at.
  private(set) var index: Int
  /// How many escapes the strings had so far.
  private(set) var escapeCount = 0

  init(at index: Int = 0) {
    self.index = index
  }

  /// What kind of value begins at a place that the scanner has accepted.
  static func kind(_ bytes: Span<UInt8>, at index: Int) -> Kind {
    switch bytes[index] {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): .literal
    default: .number
    }
  }

  /// Fails unless only white space is left.
  mutating func finish(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    skipSpace(bytes)
    if index < bytes.count { throw error("the end of the text was expected") }
  }

  /// Walks an object and gives each member's key (with its quotes) and value.
  mutating func members(
    _ bytes: Span<UInt8>, depth: Int = 0,
    _ body: (_ key: Range<Int>, _ value: Range<Int>) -> Void = { _, _ in }
  ) throws(JSONSyntaxError) {
    try expect(UInt8(ascii: "{"), bytes, "an object was expected")
    skipSpace(bytes)
    if take(UInt8(ascii: "}"), bytes) { return }
    repeat {
      skipSpace(bytes)
      let key = index
      try string(bytes, "a key in quotes was expected")
      let keyEnd = index
      skipSpace(bytes)
      try expect(UInt8(ascii: ":"), bytes, "':' was expected")
      skipSpace(bytes)
      let value = index
      try self.value(bytes, depth: depth + 1)
      body(key..<keyEnd, value..<index)
      skipSpace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    try expect(UInt8(ascii: "}"), bytes, "',' or '}' was expected")
  }

  /// Walks an array and gives each element.
  mutating func elements(
    _ bytes: Span<UInt8>, depth: Int = 0, _ body: (_ element: Range<Int>) -> Void = { _ in }
  ) throws(JSONSyntaxError) {
    try expect(UInt8(ascii: "["), bytes, "an array was expected")
    skipSpace(bytes)
    if take(UInt8(ascii: "]"), bytes) { return }
    repeat {
      skipSpace(bytes)
      let start = index
      try value(bytes, depth: depth + 1)
      body(start..<index)
      skipSpace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    try expect(UInt8(ascii: "]"), bytes, "',' or ']' was expected")
  }

  /// Steps over white space.
  mutating func skipSpace(_ bytes: Span<UInt8>) {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  /// Steps over one value.
  mutating func value(_ bytes: Span<UInt8>, depth: Int = 0) throws(JSONSyntaxError) {
    guard depth <= Self.maximumDepth else { throw error("the text is nested too deeply") }
    guard index < bytes.count else { throw error("a value was expected") }
    switch bytes[index] {
    case UInt8(ascii: "{"): try members(bytes, depth: depth)
    case UInt8(ascii: "["): try elements(bytes, depth: depth)
    case UInt8(ascii: "\""): try string(bytes, "a string was expected")
    case UInt8(ascii: "t"): try literal("true", bytes)
    case UInt8(ascii: "f"): try literal("false", bytes)
    case UInt8(ascii: "n"): try literal("null", bytes)
    default: try number(bytes)
    }
  }

  /// Steps over one string. Most bytes of a body are text, so plain text is passed eight bytes at a time.
  mutating func string(_ bytes: Span<UInt8>, _ reason: String) throws(JSONSyntaxError) {
    try expect(UInt8(ascii: "\""), bytes, reason)
    let count = bytes.count
    while true {
      index = Self.endOfPlainText(bytes, from: index)
      guard index < count else { break }
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") { return }
      if byte == UInt8(ascii: "\\") {
        escapeCount += 1
        try escape(bytes)
      } else if byte < 0x20 {
        index -= 1
        throw error("a control character inside a string must be escaped")
      }
    }
    throw error("the string is not closed")
  }

  /// The first place from `start` on where a string has a quote, an escape or a control character: nearly all of a body is
  /// text between those, so eight bytes are looked at in one step.
  static func endOfPlainText(_ bytes: Span<UInt8>, from start: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var index = start
    bytes.withUnsafeBytes { text in
      while index + 8 <= text.count {
        let word = UInt64(littleEndian: text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        // A byte's high bit is set where taking away borrows: where the byte is 0, or below 0x20. Above the first such byte
        // a borrow may set more, so only the lowest one counts.
        let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let escape = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let found =
          (((quote &- ones) & ~quote) | ((escape &- ones) & ~escape) | ((word &- ones &* 0x20) & ~word)) & (ones << 7)
        if found != 0 {
          index += found.trailingZeroBitCount / 8
          return
        }
        index += 8
      }
    }
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\\"),
      bytes[index] >= 0x20
    {
      index += 1
    }
    return index
  }

  private mutating func escape(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    guard index < bytes.count else { throw error("the string is not closed") }
    switch bytes[index] {
    case UInt8(ascii: "u"):
      guard index + 4 < bytes.count, (1...4).allSatisfy({ JSONText.hexDigit(bytes[index + $0]) != nil }) else {
        throw error("four hexadecimal digits were expected after \\u")
      }
      index += 5
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      index += 1
    default:
      throw error("this escape does not exist")
    }
  }

  /// Steps over one number.
  mutating func number(_ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    _ = take(UInt8(ascii: "-"), bytes)
    if !take(UInt8(ascii: "0"), bytes) { try digits(bytes, "a value was expected") }
    if take(UInt8(ascii: "."), bytes) { try digits(bytes, "a digit was expected") }
    if take(UInt8(ascii: "e"), bytes) || take(UInt8(ascii: "E"), bytes) {
      if !take(UInt8(ascii: "+"), bytes) { _ = take(UInt8(ascii: "-"), bytes) }
      try digits(bytes, "a digit was expected")
    }
  }

  private mutating func digits(_ bytes: Span<UInt8>, _ reason: String) throws(JSONSyntaxError) {
    let start = index
    while index < bytes.count, bytes[index] >= UInt8(ascii: "0"), bytes[index] <= UInt8(ascii: "9") { index += 1 }
    if index == start { throw error(reason) }
  }

  /// Steps over `true`, `false` or `null`.
  mutating func literal(_ text: StaticString, _ bytes: Span<UInt8>) throws(JSONSyntaxError) {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count else { throw error("a value was expected") }
    for offset in 0..<length where bytes[index + offset] != text.utf8Start[offset] {
      throw error("a value was expected")
    }
    index += length
  }

  /// Steps over a byte that was looked at.
  mutating func advance() { index += 1 }

  /// Steps over a byte if it comes next.
  mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard index < bytes.count, bytes[index] == byte else { return false }
    index += 1
    return true
  }

  /// Steps over a byte that must come next.
  mutating func expect(_ byte: UInt8, _ bytes: Span<UInt8>, _ reason: String) throws(JSONSyntaxError) {
    guard take(byte, bytes) else { throw error(reason) }
  }

  /// An error here.
  func error(_ reason: String) -> JSONSyntaxError {
    JSONSyntaxError(offset: index, reason: reason)
  }
}
