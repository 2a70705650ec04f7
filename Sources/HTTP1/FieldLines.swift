/// Fields that are ready to be sent: each line as it goes on the wire, so that a whole list is written by one copy.
public struct FieldLines: Equatable, Sendable, ExpressibleByDictionaryLiteral {
  /// The lines, each with its CRLF.
  public private(set) var bytes: [UInt8]

  /// No fields.
  public init() {
    bytes = []
  }

  /// These fields, in this order.
  public init(dictionaryLiteral elements: (String, String)...) {
    bytes = []
    for (name, value) in elements { add(name, value) }
  }

  /// Makes room for fields of about so many bytes together.
  public mutating func reserveCapacity(_ count: Int) {
    bytes.reserveCapacity(count)
  }

  /// Adds a field. A byte that may not stand in a value becomes a space, so that no value can begin a line of its own.
  public mutating func add(_ name: String, _ value: String) {
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
    let start = bytes.count
    bytes.append(contentsOf: value.utf8)
    for index in start..<bytes.count where !ByteClass.isValue(bytes[index]) { bytes[index] = UInt8(ascii: " ") }
    endLine()
  }

  /// Adds a field with the value of one that came; that value has been checked.
  public mutating func add(_ name: String, _ value: Range<Int>, of head: MessageHead) {
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
    head.append(value, to: &bytes)
    endLine()
  }

  /// Adds a field that came, as it came.
  public mutating func add(_ field: MessageHead.Field, of head: MessageHead) {
    head.append(field.name.lowerBound..<field.value.upperBound, to: &bytes)
    endLine()
  }

  private mutating func endLine() {
    bytes.append(ByteClass.carriageReturn)
    bytes.append(ByteClass.lineFeed)
  }
}
