import NIOCore

/// Puts the public model name in place of the provider's in a JSON body that arrives in pieces.
///
/// Pieces in which nothing changes are passed on as they are, without a copy.
struct JSONBodyRewriter {
  private let replacement: [UInt8]
  private var scanner = ModelFieldScanner()

  /// `replacement` is a JSON string with its quotes.
  init(replacement: [UInt8]) {
    self.replacement = replacement
  }

  /// Whether the rest of the body will pass unchanged, so that its length is known.
  var isFinished: Bool { scanner.isFinished }

  /// The next piece of the body, rewritten: what had to be copied, and what comes after it as it came.
  mutating func rewrite(_ piece: ByteBuffer) -> (changed: ByteBuffer, rest: ByteBuffer?) {
    if scanner.isFinished { return (piece, nil) }
    let bytes = piece.readableBytesUInt8Span
    var output: ByteBuffer?
    // Bytes from here on are to be copied; inside the old value there are none.
    var pending = scanner.isInsideValue ? bytes.count : 0
    let startsInside = scanner.isInsideValue
    var index = 0
    scan: while true {
      switch scanner.advance(bytes, from: index, to: bytes.count) {
      case .valueStart(let start):
        var buffer = ByteBuffer()
        buffer.reserveCapacity(start + replacement.count)
        buffer.writeBytes(bytes.extracting(0..<start).bytes)
        buffer.writeBytes(replacement)
        output = buffer
        pending = bytes.count
        index = start + 1
      case .valueEnd(let end):
        pending = end
        index = end
      case .needsMore, .finished:
        break scan
      }
    }
    if output == nil, !startsInside { return (piece, nil) }
    let rest = piece.getSlice(at: piece.readerIndex + pending, length: bytes.count - pending)
    return (output ?? ByteBuffer(), rest)
  }
}
