import NIOCore

@testable import GatewayRuntime

/// Makes messages of Amazon's binary event streams.
enum AmazonFrames {
  /// A message with string headers.
  static func frame(headers: [(String, String)], payload: [UInt8]) -> [UInt8] {
    var fields = ByteBuffer()
    for (name, value) in headers {
      fields.writeInteger(UInt8(name.utf8.count))
      fields.writeString(name)
      fields.writeInteger(7 as UInt8)
      fields.writeInteger(UInt16(value.utf8.count))
      fields.writeString(value)
    }
    var message = ByteBuffer()
    message.writeInteger(UInt32(16 + fields.readableBytes + payload.count))
    message.writeInteger(UInt32(fields.readableBytes))
    message.writeInteger(CRC32.checksum(of: message.readableBytesUInt8Span))
    message.writeBuffer(&fields)
    message.writeBytes(payload)
    message.writeInteger(CRC32.checksum(of: message.readableBytesUInt8Span))
    return Array(message.readableBytesView)
  }

  /// The message of a fixture's line, `{"type": …, "payload": …}`; a type that ends in `Exception` is one.
  static func frame(line: String) throws -> [UInt8] {
    let tree = try JSONTree(ByteBuffer(string: line))
    let type = tree.member(tree.root, "type").flatMap { tree.string($0) } ?? ""
    var payload = JSONOutput()
    if let value = tree.member(tree.root, "payload") { payload.copy(value, of: tree) }
    let isException = type.hasSuffix("Exception")
    return frame(
      headers: [
        (isException ? ":exception-type" : ":event-type", type), (":content-type", "application/json"),
        (":message-type", isException ? "exception" : "event"),
      ], payload: Array(payload.buffer.readableBytesView))
  }
}
