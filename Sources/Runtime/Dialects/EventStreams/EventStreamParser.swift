import NIOCore

/// One server-sent event.
struct ServerSentEvent: Equatable {
  /// The value of its `event` field; empty if it has none.
  var name: ByteBuffer
  /// The values of its `data` fields, joined by line feeds.
  var data: ByteBuffer
}

/// Takes a stream of server-sent events apart (WHATWG HTML, section 9.2.6), wherever the network has cut it.
///
/// Lines end in CRLF, LF or CR. Comments and fields other than `event` and `data` are passed over, as is a byte order
/// mark at the start. Data of a single line shares the memory in which it came.
struct EventStreamParser {
  /// The largest event, in bytes; a provider that sends more without a blank line is at fault.
  static let maximumEventBytes = 16 << 20

  /// What has come and is not taken apart.
  private var pending = ByteBuffer()
  /// How much of `pending` was searched for a line end in vain.
  private var searched = 0
  /// Whether the last line ended in a carriage return, whose line feed may still come.
  private var isAfterReturn = false
  private var isAtStart = true
  private var name = ByteBuffer()
  private var data: ByteBuffer?
  /// How large the event is so far.
  private var eventBytes = 0

  /// Takes the next bytes.
  mutating func feed(_ piece: ByteBuffer) throws(GatewayError) {
    if pending.readableBytes == 0 {
      pending = piece
      searched = 0
    } else {
      pending.writeImmutableBuffer(piece)
    }
    if pending.readableBytes + eventBytes > Self.maximumEventBytes { try checkSize() }
  }

  /// A large piece may be many events; only one that is too large itself is refused.
  private func checkSize() throws(GatewayError) {
    var copy = self
    while copy.nextLine() != nil {}
    if copy.pending.readableBytes > Self.maximumEventBytes { throw .upstreamMalformed }
  }

  /// The next event that is complete; `nil` if more bytes are needed.
  mutating func next() throws(GatewayError) -> ServerSentEvent? {
    while let line = nextLine() {
      if line.readableBytes == 0 {
        if let event = dispatch() { return event }
      } else {
        eventBytes += line.readableBytes
        guard eventBytes <= Self.maximumEventBytes else { throw .upstreamMalformed }
        take(line)
      }
    }
    return nil
  }

  /// The last event if the stream ended without its blank line. The standard drops it; providers have been seen to forget
  /// the line, and what is cut off in its middle does not parse anyway.
  mutating func finish() -> ServerSentEvent? {
    if pending.readableBytes > 0 {
      take(pending)
      pending = ByteBuffer()
    }
    return dispatch()
  }

  private mutating func dispatch() -> ServerSentEvent? {
    defer {
      name = ByteBuffer()
      data = nil
      eventBytes = 0
    }
    return data.map { ServerSentEvent(name: name, data: $0) }
  }

  /// The next whole line, without its end.
  private mutating func nextLine() -> ByteBuffer? {
    if isAfterReturn, let byte = pending.getInteger(at: pending.readerIndex, as: UInt8.self) {
      isAfterReturn = false
      if byte == 0x0A {
        pending.moveReaderIndex(forwardBy: 1)
        searched = max(0, searched - 1)
      }
    }
    guard let end = lineEnd() else {
      searched = pending.readableBytes
      return nil
    }
    isAfterReturn = pending.getInteger(at: pending.readerIndex + end, as: UInt8.self) == 0x0D
    searched = 0
    guard var line = pending.readSlice(length: end) else { return nil }
    pending.moveReaderIndex(forwardBy: 1)
    if isAtStart {
      isAtStart = false
      if line.readableBytesView.starts(with: [0xEF, 0xBB, 0xBF]) { line.moveReaderIndex(forwardBy: 3) }
    }
    return line
  }

  private func lineEnd() -> Int? {
    let bytes = pending.readableBytesUInt8Span
    var index = searched
    while index < bytes.count {
      if bytes[index] == 0x0A || bytes[index] == 0x0D { return index }
      index += 1
    }
    return nil
  }

  /// Takes over what a field says.
  private mutating func take(_ line: ByteBuffer) {
    guard let value = Self.value(of: "data", in: line) else {
      if let value = Self.value(of: "event", in: line) { name = value }
      return
    }
    if var lines = data {
      data = nil
      lines.writeInteger(0x0A as UInt8)
      lines.writeImmutableBuffer(value)
      data = lines
    } else {
      data = value
    }
  }

  /// The value of a field, without the one space that may stand before it; `nil` if the line is another field.
  private static func value(of name: StaticString, in line: ByteBuffer) -> ByteBuffer? {
    let bytes = line.readableBytesUInt8Span
    let length = name.utf8CodeUnitCount
    guard bytes.count >= length else { return nil }
    for offset in 0..<length where bytes[offset] != name.utf8Start[offset] { return nil }
    // A line without a colon is a field without value.
    guard bytes.count > length else { return ByteBuffer() }
    guard bytes[length] == UInt8(ascii: ":") else { return nil }
    let start = bytes.count > length + 1 && bytes[length + 1] == 0x20 ? length + 2 : length + 1
    return line.getSlice(at: line.readerIndex + start, length: bytes.count - start)
  }
}
