public import NIOCore

/// The first line and the fields of a request or a response, as ranges in the bytes that came.
///
/// Nothing is copied and no string is made until somebody asks for one. All ranges are offsets into the readable part of ``bytes``.
public struct MessageHead: Sendable {
  /// What the first line says.
  public enum StartLine: Equatable, Sendable {
    case request(RequestMethod, target: Range<Int>)
    case response(status: Int)
  }

  /// The versions of HTTP that have this format.
  public enum Version: Equatable, Sendable { case http10, http11 }

  /// One field: where its name and its value are.
  public struct Field: Equatable, Sendable {
    /// The name as it was written.
    public let name: Range<Int>
    /// The value without white space around it.
    public let value: Range<Int>
  }

  /// The head as it came, the empty line at its end included.
  public let bytes: ByteBuffer
  /// What the first line says.
  public let start: StartLine
  /// The version of the sender; a later minor version counts as 1.1.
  public let version: Version
  /// The fields in their order.
  public let fields: [Field]
  /// How long the body is and how its end is found.
  public let framing: BodyFraming
  /// Whether the sender is ready for another message on this connection.
  public let keepsAlive: Bool

  /// The method of a request.
  public var method: RequestMethod {
    if case .request(let method, _) = start { method } else { .other }
  }

  /// The target of a request.
  public var target: String {
    if case .request(_, let target) = start { string(target) } else { "" }
  }

  /// The status of a response; 0 for a request.
  public var status: Int {
    if case .response(let status) = start { status } else { 0 }
  }

  /// Whether a response only announces another one (RFC 9110, 15.2).
  public var isInterim: Bool { (100..<200).contains(status) }

  /// The value of the first field with a name, which is given in lower case.
  public func value(of name: StaticString) -> Range<Int>? {
    let text = bytes.readableBytesUInt8Span
    for field in fields
    where field.name.count == name.utf8CodeUnitCount && FieldText.matches(text.extracting(field.name), name) {
      return field.value
    }
    return nil
  }

  /// A range as a string; what is not UTF-8 is replaced by U+FFFD.
  public func string(_ range: Range<Int>) -> String {
    bytes.withUnsafeReadableBytes { String(decoding: UnsafeRawBufferPointer(rebasing: $0[range]), as: UTF8.self) }
  }

  /// Copies a range to the end of some bytes.
  func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    self.bytes.withUnsafeReadableBytes { bytes.append(contentsOf: $0[range]) }
  }
}
