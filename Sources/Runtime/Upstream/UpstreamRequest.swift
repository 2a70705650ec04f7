import HTTP1
import NIOCore

/// A request to a provider as it goes on the wire: the client's body with the model name replaced, under a head of the
/// gateway's own. It is made once and may be sent again on another connection.
struct UpstreamRequest {
  /// Up to this size a body is copied behind the head, because one buffer and one write cost less than several.
  static let copiedBytes = 64 << 10

  /// The head and as much of the body as is worth copying.
  let start: ByteBuffer
  /// The rest of a large body, which shares the client's memory.
  let rest: ByteBuffer?

  /// `range` in `body` is replaced by `model`; of the client's fields few go on. `timeout` is what the target has.
  init(
    to endpoint: OpenAICompatibleEndpoint, requestID: String, fieldsOf head: MessageHead, body: ByteBuffer,
    replacing range: Range<Int>, with model: [UInt8], timeout: TimeAmount
  ) {
    let tail = body.readableBytes - range.upperBound
    let length = range.lowerBound + model.count + tail
    var buffer = ByteBuffer()
    buffer.reserveCapacity(640 + (length <= Self.copiedBytes ? length : range.lowerBound + model.count))
    buffer.writeRequestLine(.post, target: endpoint.chatCompletionsPath)
    buffer.writeField("host", endpoint.hostField)
    buffer.writeStaticString("content-type: application/json\r\n")
    buffer.writeField("content-length", length)
    let text = head.bytes.readableBytesUInt8Span
    for field in head.fields where ForwardedFields.request(text.extracting(field.name)) {
      buffer.writeField(field, of: head)
    }
    buffer.writeField("x-request-id", requestID)
    buffer.writeField(DeadlineField.name, DeadlineField.value(timeout))
    if let credential = endpoint.credential {
      credential.value.withExposedValue { buffer.writeField(credential.header, $0) }
    }
    buffer.writeLineEnd()
    body.withUnsafeReadableBytes { bytes in
      _ = buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[..<range.lowerBound]))
      buffer.writeBytes(model)
      if length <= Self.copiedBytes { buffer.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[range.upperBound...])) }
    }
    start = buffer
    rest =
      length <= Self.copiedBytes ? nil : body.getSlice(at: body.readerIndex + range.upperBound, length: tail)
  }
}
