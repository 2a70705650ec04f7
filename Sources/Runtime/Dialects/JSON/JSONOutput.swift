import NIOCore

/// Writes JSON into one buffer. Commas come by themselves; brackets are the caller's.
struct JSONOutput {
  /// What has been written.
  private(set) var buffer: ByteBuffer

  /// Makes room for about that many bytes.
  init(capacity: Int = 0) {
    buffer = ByteBuffer()
    if capacity > 0 { buffer.reserveCapacity(capacity) }
  }

  /// Whether nothing has been written.
  var isEmpty: Bool { buffer.readableBytes == 0 }

  /// Gives away what has been written and starts anew.
  mutating func take() -> ByteBuffer {
    let written = buffer
    buffer = ByteBuffer()
    return written
  }

  /// Writes a piece of JSON as it is.
  mutating func raw(_ text: StaticString) {
    buffer.writeStaticString(text)
  }

  /// Writes bytes as they are: JSON, or the inside of a string with its escapes.
  mutating func raw(_ bytes: Span<UInt8>) {
    buffer.writeBytes(bytes.bytes)
  }

  /// Writes bytes as they are.
  mutating func raw(_ bytes: [UInt8]) {
    buffer.writeBytes(bytes.span.bytes)
  }

  /// Begins a member: a comma if another came before, the key, a colon. The key needs no escapes.
  mutating func key(_ name: StaticString) {
    separate()
    buffer.writeInteger(UInt8(ascii: "\""))
    buffer.writeStaticString(name)
    buffer.writeStaticString("\":")
  }

  /// A comma, unless a container or a member has just begun.
  mutating func separate() {
    guard let last = buffer.getInteger(at: buffer.writerIndex - 1, as: UInt8.self) else { return }
    switch last {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: " "): break
    default: buffer.writeInteger(UInt8(ascii: ","))
    }
  }

  /// Begins an element or member value that is an object.
  mutating func beginObject() {
    separate()
    raw("{")
  }

  /// A member with a value that is JSON already.
  mutating func member(_ name: StaticString, _ json: StaticString) {
    key(name)
    raw(json)
  }

  /// A member with a number.
  mutating func member(_ name: StaticString, _ number: Int) {
    key(name)
    buffer.writeString(String(number))
  }

  /// A member with a text.
  mutating func member(_ name: StaticString, text: String) {
    key(name)
    string(text)
  }

  /// A member with a value of another text.
  mutating func member(_ name: StaticString, _ node: JSONNode, of tree: JSONTree) {
    key(name)
    copy(node, of: tree)
  }

  /// A member with a string whose inside is at hand, escapes included.
  mutating func member(_ name: StaticString, content: Span<UInt8>) {
    key(name)
    quoted(content)
  }

  /// A member with a string whose inside stands in another text, escapes included.
  mutating func member(_ name: StaticString, content range: Range<Int>, of tree: JSONTree) {
    key(name)
    raw("\"")
    raw(tree.text.readableBytesUInt8Span.extracting(range))
    raw("\"")
  }

  /// A string whose inside is at hand, escapes included.
  mutating func quoted(_ content: Span<UInt8>) {
    raw("\"")
    raw(content)
    raw("\"")
  }

  /// A text as a JSON string.
  mutating func string(_ text: String) {
    raw(JSONText.encode(text))
  }

  /// A value byte by byte, white space between its parts left out, so that it fits on one line.
  mutating func copy(_ node: JSONNode, of tree: JSONTree) {
    switch tree.kind(node) {
    case .object, .array: compact(tree.range(node), of: tree, isNested: false)
    case .string, .number, .true, .false, .null: raw(tree.text.readableBytesUInt8Span.extracting(tree.range(node)))
    }
  }

  /// A value as the inside of a string that holds its JSON text.
  mutating func nested(_ node: JSONNode, of tree: JSONTree) {
    compact(tree.range(node), of: tree, isNested: true)
  }

  /// The inside of a string, without its quotes and with its escapes.
  mutating func content(_ node: JSONNode, of tree: JSONTree) {
    raw(tree.text.readableBytesUInt8Span.extracting(tree.contentRange(node)))
  }

  /// A range of a text as it is, such as part of the inside of a string.
  mutating func content(_ range: Range<Int>, of tree: JSONTree) {
    raw(tree.text.readableBytesUInt8Span.extracting(range))
  }

  /// Goes over JSON that was accepted before and leaves out white space outside of strings. Runs without any are copied
  /// whole.
  private mutating func compact(_ range: Range<Int>, of tree: JSONTree, isNested: Bool) {
    let bytes = tree.text.readableBytesUInt8Span
    var pending = range.lowerBound
    var index = range.lowerBound
    var isInString = false
    while index < range.upperBound {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        isInString.toggle()
        if isNested { escape(bytes, &pending, index) }
      case UInt8(ascii: "\\") where isInString:
        if isNested {
          escape(bytes, &pending, index)
          // The byte after a backslash is escaped too if it is one of the two that need it.
          if bytes[index + 1] == UInt8(ascii: "\"") || bytes[index + 1] == UInt8(ascii: "\\") {
            escape(bytes, &pending, index + 1)
          }
        }
        index += 1
      case 0x20, 0x0A, 0x0D, 0x09:
        if isInString { break }
        raw(bytes.extracting(pending..<index))
        pending = index + 1
      default: break
      }
      index += 1
    }
    raw(bytes.extracting(pending..<range.upperBound))
  }

  /// Writes what is pending before a byte, then a backslash; the byte itself is pending afterwards.
  private mutating func escape(_ bytes: Span<UInt8>, _ pending: inout Int, _ index: Int) {
    raw(bytes.extracting(pending..<index))
    raw("\\")
    pending = index
  }
}
