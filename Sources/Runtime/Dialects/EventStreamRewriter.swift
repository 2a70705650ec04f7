import NIOCore

/// Cuts a stream of server-sent events into whole events and puts the public model name in each.
///
/// Only whole events leave it. A stream that breaks inside one can then still be ended with an error event, where half
/// an event would have made the client fail on broken JSON.
struct EventStreamRewriter {
  /// The largest event; a provider that sends more without a blank line is at fault.
  static let maximumEventBytes = 16 << 20

  private let replacement: [UInt8]
  /// The start of an event whose end has not come yet.
  private var tail = ByteBuffer()
  private var scanner = ModelFieldScanner()
  /// Whether `data: [DONE]` has passed: nothing is missing if the stream breaks after it.
  private(set) var isDone = false

  /// `replacement` is a JSON string with its quotes.
  init(replacement: [UInt8]) {
    self.replacement = replacement
  }

  /// Takes the next bytes and gives the events that they complete; `nil` if none.
  mutating func feed(_ piece: ByteBuffer) throws(GatewayError) -> ByteBuffer? {
    // A boundary may span the seam: "\r\n\r" and then "\n".
    let searchFrom = max(0, tail.readableBytes - 3)
    if tail.readableBytes == 0 {
      tail = piece
    } else {
      tail.writeImmutableBuffer(piece)
    }
    guard let end = Self.lastBoundary(tail.readableBytesUInt8Span, from: searchFrom) else {
      if tail.readableBytes > Self.maximumEventBytes { throw .upstreamMalformed }
      return nil
    }
    guard let events = tail.readSlice(length: end) else { return nil }
    if tail.readableBytes == 0 { tail = ByteBuffer() }
    return rewrite(events)
  }

  /// What is left when the stream has ended as it should: a last event without its blank line.
  mutating func finish() -> ByteBuffer? {
    guard tail.readableBytes > 0 else { return nil }
    let rest = tail
    tail = ByteBuffer()
    return rewrite(rest)
  }

  /// The index after the last blank line that ends at or after `start`.
  static func lastBoundary(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = bytes.count
    while index > start + 1 {
      let last = bytes[index - 1]
      let before = bytes[index - 2]
      if last == 0x0A, before == 0x0A || (before == 0x0D && index > 2 && bytes[index - 3] == 0x0A) { return index }
      if last == 0x0D, before == 0x0D { return index }
      index -= 1
    }
    return nil
  }

  private mutating func rewrite(_ events: ByteBuffer) -> ByteBuffer {
    let bytes = events.readableBytesUInt8Span
    var output: ByteBuffer?
    var copied = 0
    var line = 0
    scanner = ModelFieldScanner()
    while line < bytes.count {
      let data = Self.dataStart(bytes, line)
      var index = data ?? line
      if let data {
        noteDone(bytes, data)
        scan: while true {
          // Inside JSON there is no raw line end, except between the lines of an event with several.
          let end = scanner.isFinished ? index : Self.lineEnd(bytes, index)
          switch scanner.advance(bytes, from: index, to: end) {
          case .valueStart(let start):
            if output == nil {
              output = ByteBuffer()
              output?.reserveCapacity(bytes.count + 8 * replacement.count)
            }
            output?.writeBytes(bytes.extracting(copied..<start).bytes)
            output?.writeBytes(replacement)
            copied = bytes.count
            index = start + 1
          case .valueEnd(let end):
            copied = end
            index = end
          case .needsMore, .finished:
            index = end
            break scan
          }
        }
      }
      let end = Self.lineEnd(bytes, index)
      if end == line {
        if scanner.isInsideValue {
          // The event ended inside the name: broken JSON, whose rest is left out.
          output?.writeStaticString("\n")
          copied = line
        }
        scanner = ModelFieldScanner()
      }
      line = Self.nextLine(bytes, end)
    }
    guard var output else { return events }
    output.writeBytes(bytes.extracting(copied..<bytes.count).bytes)
    return output
  }

  private mutating func noteDone(_ bytes: Span<UInt8>, _ start: Int) {
    let mark: StaticString = "[DONE]"
    guard bytes.count - start >= mark.utf8CodeUnitCount, bytes[start] == UInt8(ascii: "[") else { return }
    for offset in 0..<mark.utf8CodeUnitCount where bytes[start + offset] != mark.utf8Start[offset] { return }
    isDone = true
  }

  /// Where the value of a `data` field begins, or `nil` if the line is another field or a comment.
  private static func dataStart(_ bytes: Span<UInt8>, _ line: Int) -> Int? {
    let name: StaticString = "data:"
    guard bytes.count - line >= name.utf8CodeUnitCount else { return nil }
    for offset in 0..<name.utf8CodeUnitCount where bytes[line + offset] != name.utf8Start[offset] { return nil }
    let start = line + name.utf8CodeUnitCount
    return start < bytes.count && bytes[start] == 0x20 ? start + 1 : start
  }

  private static func lineEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    return index
  }

  private static func nextLine(_ bytes: Span<UInt8>, _ end: Int) -> Int {
    guard end < bytes.count else { return end }
    return bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A ? end + 2 : end + 1
  }
}
