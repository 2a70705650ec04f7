import NIOCore

/// One value of a ``JSONTree``.
struct JSONNode: Hashable {
  fileprivate let index: Int32
}

/// JSON text with its structure, found in one pass: an array of flat records that point into the text.
///
/// Nothing is decoded and no dictionary is built, so a body costs one allocation however much it holds, and whoever
/// writes a value again writes the very bytes that came, numbers and escapes included.
struct JSONTree {
  /// What a value is.
  enum Kind: UInt8 {
    case object, array, string, number, `true`, `false`, null
  }

  fileprivate struct Record {
    var start: UInt32
    var end: UInt32
    /// The record after this value and all inside it.
    var next: Int32
    var kind: Kind
    /// Whether a string has an escape.
    var hasEscapes: Bool
  }

  /// The text.
  let text: ByteBuffer
  fileprivate var records: [Record]

  /// Parses a whole text (RFC 8259).
  ///
  /// - Throws: where it is not JSON, or nested deeper than ``JSONScanner/maximumDepth``.
  init(_ text: ByteBuffer) throws(JSONSyntaxError) {
    self.text = text
    records = []
    records.reserveCapacity(16 + text.readableBytes / 16)
    let bytes = text.readableBytesUInt8Span
    guard bytes.count < Int32.max else { throw JSONSyntaxError(offset: 0, reason: "the text is too long") }
    var scanner = JSONScanner()
    scanner.skipSpace(bytes)
    try scanner.record(bytes, into: &records, depth: 0)
    try scanner.finish(bytes)
  }

  /// The value that the text is.
  var root: JSONNode { JSONNode(index: 0) }

  /// What a value is.
  func kind(_ node: JSONNode) -> Kind { records[Int(node.index)].kind }

  /// Where a value stands in the text, a string with its quotes.
  func range(_ node: JSONNode) -> Range<Int> {
    let record = records[Int(node.index)]
    return Int(record.start)..<Int(record.end)
  }

  /// Where the text of a string stands, without its quotes and with its escapes; where a number or a literal stands, which
  /// can stand in a string too; nowhere for arrays and objects.
  func contentRange(_ node: JSONNode) -> Range<Int> {
    let record = records[Int(node.index)]
    switch record.kind {
    case .string: return Int(record.start) + 1..<Int(record.end) - 1
    case .object, .array: return Int(record.start)..<Int(record.start)
    case .number, .true, .false, .null: return Int(record.start)..<Int(record.end)
    }
  }

  /// The members of an object in order; none if it is no object.
  func members(of node: JSONNode) -> JSONMembers {
    let record = records[Int(node.index)]
    let isObject = record.kind == .object
    return JSONMembers(records: records, index: node.index + 1, end: isObject ? record.next : node.index + 1)
  }

  /// The elements of an array in order; none if it is no array.
  func elements(of node: JSONNode) -> JSONElements {
    let record = records[Int(node.index)]
    let isArray = record.kind == .array
    return JSONElements(records: records, index: node.index + 1, end: isArray ? record.next : node.index + 1)
  }

  /// The member of that name, the last if there are several; `nil` if there is none or its value is null.
  func member(_ object: JSONNode, _ name: StaticString) -> JSONNode? {
    guard records[Int(object.index)].kind == .object else { return nil }
    let bytes = text.readableBytesUInt8Span
    var found: Int32?
    var index = object.index + 1
    let end = records[Int(object.index)].next
    while index < end {
      if isText(records[Int(index)], name, bytes) { found = index + 1 }
      index = records[Int(index + 1)].next
    }
    guard let found, records[Int(found)].kind != .null else { return nil }
    return JSONNode(index: found)
  }

  /// The member of an object that may be missing itself.
  func member(_ object: JSONNode?, _ name: StaticString) -> JSONNode? {
    guard let object else { return nil }
    return member(object, name)
  }

  /// The member of a member.
  func member(_ object: JSONNode?, _ first: StaticString, _ second: StaticString) -> JSONNode? {
    member(member(object, first), second)
  }

  /// Whether a value is a string of that text.
  func isString(_ node: JSONNode, _ text: StaticString) -> Bool {
    let record = records[Int(node.index)]
    return record.kind == .string && isText(record, text, self.text.readableBytesUInt8Span)
  }

  private func isText(_ record: Record, _ name: StaticString, _ bytes: Span<UInt8>) -> Bool {
    let length = name.utf8CodeUnitCount
    let start = Int(record.start) + 1
    let count = Int(record.end) - start - 1
    if record.hasEscapes {
      return count > length && JSONText.decode(bytes, start - 1..<start + count + 1) == String(describing: name)
    }
    guard count == length else { return false }
    for offset in 0..<length where bytes[start + offset] != name.utf8Start[offset] { return false }
    return true
  }

  /// The text of a string, decoded; `nil` if the value is no string.
  func string(_ node: JSONNode) -> String? {
    guard kind(node) == .string else { return nil }
    return JSONText.decode(text.readableBytesUInt8Span, range(node))
  }

  /// Whether a string holds nothing but spaces and line ends, or nothing at all.
  func isBlank(_ node: JSONNode) -> Bool {
    text.readableBytesUInt8Span.extracting(contentRange(node)).isBlankContent
  }

  /// Whether a value is a string, array or object with nothing inside.
  func isEmpty(_ node: JSONNode) -> Bool {
    let record = records[Int(node.index)]
    return record.kind == .string ? record.end - record.start == 2 : record.next == node.index + 1
  }

  /// A number without fraction or exponent; `nil` if it is another value or does not fit.
  func integer(_ node: JSONNode) -> Int? {
    guard kind(node) == .number else { return nil }
    let bytes = text.readableBytesUInt8Span
    var range = range(node)
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    if isNegative { range = range.lowerBound + 1..<range.upperBound }
    guard range.count <= 18 else { return nil }
    var value = 0
    for index in range {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index] else { return nil }
      value = value * 10 + Int(bytes[index] - UInt8(ascii: "0"))
    }
    return isNegative ? -value : value
  }

  /// Whether a number is zero, however it is written.
  func isZero(_ node: JSONNode) -> Bool {
    guard kind(node) == .number else { return false }
    let bytes = text.readableBytesUInt8Span
    for index in range(node) {
      switch bytes[index] {
      case UInt8(ascii: "1")...UInt8(ascii: "9"): return false
      case UInt8(ascii: "e"), UInt8(ascii: "E"): return true
      default: break
      }
    }
    return true
  }

  /// The value of `true` and `false`; `nil` for another value.
  func boolean(_ node: JSONNode) -> Bool? {
    switch kind(node) {
    case .true: true
    case .false: false
    default: nil
    }
  }
}

/// The members of an object, each with key and value.
struct JSONMembers: Sequence, IteratorProtocol {
  fileprivate let records: [JSONTree.Record]
  fileprivate var index: Int32
  fileprivate let end: Int32

  mutating func next() -> (key: JSONNode, value: JSONNode)? {
    guard index < end else { return nil }
    let key = index
    index = records[Int(key + 1)].next
    return (JSONNode(index: key), JSONNode(index: key + 1))
  }
}

/// The elements of an array.
struct JSONElements: Sequence, IteratorProtocol {
  fileprivate let records: [JSONTree.Record]
  fileprivate var index: Int32
  fileprivate let end: Int32

  mutating func next() -> JSONNode? {
    guard index < end else { return nil }
    let element = index
    index = records[Int(element)].next
    return JSONNode(index: element)
  }
}

extension JSONScanner {
  /// Steps over one value and appends its record and those of what is inside.
  fileprivate mutating func record(
    _ bytes: Span<UInt8>, into records: inout [JSONTree.Record], depth: Int
  ) throws(JSONSyntaxError) {
    guard depth <= Self.maximumDepth else { throw error("the text is nested too deeply") }
    guard index < bytes.count else { throw error("a value was expected") }
    let place = records.count
    let start = index
    var kind = JSONTree.Kind.number
    switch bytes[index] {
    case UInt8(ascii: "\""):
      try recordString(bytes, into: &records, "a string was expected")
      return
    case UInt8(ascii: "{"):
      kind = .object
      try recordMembers(bytes, into: &records, depth: depth)
    case UInt8(ascii: "["):
      kind = .array
      try recordElements(bytes, into: &records, depth: depth)
    case UInt8(ascii: "t"):
      kind = .true
      try literal("true", bytes)
    case UInt8(ascii: "f"):
      kind = .false
      try literal("false", bytes)
    case UInt8(ascii: "n"):
      kind = .null
      try literal("null", bytes)
    default: try number(bytes)
    }
    if kind == .object || kind == .array {
      records[place].end = UInt32(index)
      records[place].next = Int32(records.count)
    } else {
      records.append(
        JSONTree.Record(
          start: UInt32(start), end: UInt32(index), next: Int32(place + 1), kind: kind, hasEscapes: false))
    }
  }

  private mutating func recordString(
    _ bytes: Span<UInt8>, into records: inout [JSONTree.Record], _ reason: String
  ) throws(JSONSyntaxError) {
    let start = index
    let escapes = escapeCount
    try string(bytes, reason)
    records.append(
      JSONTree.Record(
        start: UInt32(start), end: UInt32(index), next: Int32(records.count + 1), kind: .string,
        hasEscapes: escapeCount != escapes))
  }

  private mutating func recordMembers(
    _ bytes: Span<UInt8>, into records: inout [JSONTree.Record], depth: Int
  ) throws(JSONSyntaxError) {
    open(.object, into: &records)
    skipSpace(bytes)
    if take(UInt8(ascii: "}"), bytes) { return }
    repeat {
      skipSpace(bytes)
      try recordString(bytes, into: &records, "a key in quotes was expected")
      skipSpace(bytes)
      try expect(UInt8(ascii: ":"), bytes, "':' was expected")
      skipSpace(bytes)
      try record(bytes, into: &records, depth: depth + 1)
      skipSpace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    try expect(UInt8(ascii: "}"), bytes, "',' or '}' was expected")
  }

  private mutating func recordElements(
    _ bytes: Span<UInt8>, into records: inout [JSONTree.Record], depth: Int
  ) throws(JSONSyntaxError) {
    open(.array, into: &records)
    skipSpace(bytes)
    if take(UInt8(ascii: "]"), bytes) { return }
    repeat {
      skipSpace(bytes)
      try record(bytes, into: &records, depth: depth + 1)
      skipSpace(bytes)
    } while take(UInt8(ascii: ","), bytes)
    try expect(UInt8(ascii: "]"), bytes, "',' or ']' was expected")
  }

  /// Appends the record of a container; its end is known later.
  private mutating func open(_ kind: JSONTree.Kind, into records: inout [JSONTree.Record]) {
    records.append(
      JSONTree.Record(start: UInt32(index), end: 0, next: 0, kind: kind, hasEscapes: false))
    advance()
  }
}

extension JSONTree {
  /// The object whose text a string holds, as the arguments of a tool call do; an empty string is an empty object. `nil`
  /// if it holds something else.
  func nestedObject(_ node: JSONNode) -> JSONTree? {
    guard kind(node) == .string else { return nil }
    let content = text.readableBytesUInt8Span.extracting(contentRange(node))
    return Self.object(escaped: content)
  }

  /// The object that the inside of a string holds; see ``nestedObject(_:)``.
  static func object(escaped content: Span<UInt8>) -> JSONTree? {
    let text = content.isEmpty ? ByteBuffer(string: "{}") : JSONContent.unescaped(content)
    guard let tree = try? JSONTree(text), tree.kind(tree.root) == .object else { return nil }
    return tree
  }
}
