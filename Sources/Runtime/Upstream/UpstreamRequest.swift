import HTTP1
import NIOCore

/// A request to a provider as it goes on the wire: the client's body with the model name replaced, under a head of the
/// gateway's own. It is made once and may be sent again on another connection.
struct UpstreamRequest {
  /// Up to this size a body is copied behind the head, because one buffer and one write cost less than several.
  static let copiedBytes = 8 << 10

  /// The head and as much of the body as is worth copying.
  let start: ByteBuffer
  /// The rest of a large body, which shares the client's memory.
  let rest: ByteBuffer?

  /// `range` in `body` is replaced by `model`; of the client's fields few go on. `timeout` is what the target has.
  init(
    to endpoint: OpenAICompatibleEndpoint, requestID: String, fieldsOf head: MessageHead, body: ByteBuffer,
    replacing range: Range<Int>, with model: [UInt8], timeout: TimeAmount
  ) {
    let length = body.readableBytes - range.count + model.count
    var writer = MessageWriter(capacity: 512)
    writer.requestLine(.post, target: endpoint.chatCompletionsPath)
    writer.field("host", endpoint.hostField)
    writer.line("content-type: application/json")
    writer.field("content-length", String(length))
    let text = head.bytes.readableBytesUInt8Span
    for field in head.fields where ForwardedFields.request(text.extracting(field.name)) {
      writer.field(field, of: head)
    }
    writer.field("x-request-id", requestID)
    writer.field(DeadlineField.name, String(DeadlineField.value(timeout)))
    if let credential = endpoint.credential {
      credential.value.withExposedValue { writer.field(named: credential.header, $0) }
    }
    writer.endHead()
    // What stands before the model is nearly always little, and what comes after it nearly all.
    let tail = body.getSlice(
      at: body.readerIndex + range.upperBound, length: body.readableBytes - range.upperBound)
    let isCopied = length <= Self.copiedBytes
    var buffer = ByteBuffer()
    buffer.reserveCapacity(writer.bytes.count + (isCopied ? length : range.lowerBound + model.count))
    buffer.writeBytes(writer.bytes)
    if let front = body.getSlice(at: body.readerIndex, length: range.lowerBound) {
      buffer.writeImmutableBuffer(front)
    }
    buffer.writeBytes(model)
    if isCopied, let tail { buffer.writeImmutableBuffer(tail) }
    start = buffer
    rest = isCopied ? nil : tail
  }

  /// Whether a socket takes all of it at once, however little room it has: 4 KiB is the least that Linux gives
  /// (`SOCK_MIN_SNDBUF`).
  var isSmall: Bool { rest == nil && start.readableBytes <= 4096 }
}
