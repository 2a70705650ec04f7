public import NIOCore

/// Writes what stands around the chunks of a body (RFC 9112, 7.1).
extension ByteBuffer {
  /// What stands before the bytes of a chunk. A size of 0 would end the body.
  public mutating func writeChunkSize(_ count: Int) {
    writeString(String(count, radix: 16) + "\r\n")
  }

  /// What stands after the bytes of a chunk.
  public mutating func writeChunkEnd() {
    writeStaticString("\r\n")
  }

  /// The end of a chunked body, without trailer fields.
  public mutating func writeLastChunk() {
    writeStaticString("0\r\n\r\n")
  }
}
