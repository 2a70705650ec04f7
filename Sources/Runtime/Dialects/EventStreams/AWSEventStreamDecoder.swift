import NIOCore

/// One message of Amazon's binary event streams.
struct AWSEventStreamMessage: Equatable {
  /// Which event or exception it is, such as `contentBlockDelta`.
  var type: String
  /// What it says; JSON for Bedrock.
  var payload: ByteBuffer
}

/// Takes Amazon's binary event streams (`application/vnd.amazon.eventstream`) apart, wherever the network has cut them.
///
/// A message is its length, the length of its headers, a checksum over both; headers; payload; a checksum over all. Both
/// checksums are CRC-32 as in gzip. Numbers are big-endian.
struct AWSEventStreamDecoder {
  /// The largest message, in bytes; Amazon's own is 16 MiB and a little.
  static let maximumMessageBytes = 24 << 20

  private var pending = ByteBuffer()

  /// Takes the next bytes.
  mutating func feed(_ piece: ByteBuffer) {
    if pending.readableBytes == 0 { pending = piece } else { pending.writeImmutableBuffer(piece) }
  }

  /// Whether the stream ended inside a message.
  var isCutOff: Bool { pending.readableBytes > 0 }

  /// The next message that is complete; `nil` if more bytes are needed.
  ///
  /// - Throws: if lengths or checksums are wrong; nothing after that can be trusted.
  mutating func next() throws(GatewayError) -> AWSEventStreamMessage? {
    let start = pending.readerIndex
    guard let total = pending.getInteger(at: start, as: UInt32.self).map({ Int($0) }),
      let headersLength = pending.getInteger(at: start + 4, as: UInt32.self).map({ Int($0) }),
      let preludeChecksum = pending.getInteger(at: start + 8, as: UInt32.self)
    else { return nil }
    guard total >= 16, headersLength <= total - 16, total <= Self.maximumMessageBytes,
      CRC32.checksum(of: pending.readableBytesUInt8Span.extracting(0..<8)) == preludeChecksum
    else { throw .upstreamMalformed }
    guard pending.readableBytes >= total else { return nil }
    guard let checksum = pending.getInteger(at: start + total - 4, as: UInt32.self),
      CRC32.checksum(of: pending.readableBytesUInt8Span.extracting(0..<total - 4)) == checksum,
      var message = pending.readSlice(length: total)
    else { throw .upstreamMalformed }
    message.moveReaderIndex(forwardBy: 12)
    guard var headers = message.readSlice(length: headersLength),
      let payload = message.readSlice(length: total - headersLength - 16)
    else { throw .upstreamMalformed }
    return AWSEventStreamMessage(type: try Self.type(&headers), payload: payload)
  }

  /// What the headers call a message: an event by `:event-type`, an exception by `:exception-type`, an error without a
  /// type of its own by `:error-code`.
  private static func type(_ headers: inout ByteBuffer) throws(GatewayError) -> String {
    var type = ""
    while headers.readableBytes > 0 {
      guard let nameLength = headers.readInteger(as: UInt8.self),
        let name = headers.readString(length: Int(nameLength)),
        let kind = headers.readInteger(as: UInt8.self)
      else { throw .upstreamMalformed }
      let length: Int
      switch kind {
      case 0, 1: length = 0
      case 2: length = 1
      case 3: length = 2
      case 4: length = 4
      case 5, 8: length = 8
      case 6, 7:
        guard let count = headers.readInteger(as: UInt16.self) else { throw .upstreamMalformed }
        length = Int(count)
      case 9: length = 16
      default: throw .upstreamMalformed
      }
      guard let value = headers.readSlice(length: length) else { throw .upstreamMalformed }
      if kind == 7, [":event-type", ":exception-type", ":error-code"].contains(name) { type = String(buffer: value) }
    }
    return type
  }
}

/// The checksum CRC-32 (ISO 3309, as in gzip).
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
  }

  /// The checksum of bytes.
  static func checksum(of bytes: Span<UInt8>) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for index in bytes.indices { value = table[Int((value ^ UInt32(bytes[index])) & 0xFF)] ^ value >> 8 }
    return ~value
  }
}
