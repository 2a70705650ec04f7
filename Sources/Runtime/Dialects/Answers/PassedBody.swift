import NIOCore

/// A JSON answer whose dialect is the client's: its bytes pass, with the public model name put in. Its end is kept for a
/// moment, for that is where the tokens are counted.
struct PassedBody {
  /// How much of the end is kept. Only what a client gave itself, such as metadata, comes after the counts.
  private static let tailBytes = 16 << 10

  private let client: ClientDialect
  private var rewriter: JSONBodyRewriter
  private var tail = ByteBuffer()

  init(_ client: ClientDialect, _ identity: AnswerIdentity) {
    self.client = client
    rewriter = JSONBodyRewriter(replacement: identity.encodedModel)
  }

  /// Whether the rest of the body will pass unchanged.
  var isPassing: Bool { rewriter.isFinished }

  mutating func feed(_ piece: ByteBuffer) -> ByteBuffer {
    if tail.readableBytes == 0 || piece.readableBytes >= Self.tailBytes {
      tail = piece
    } else {
      tail.writeImmutableBuffer(piece)
    }
    // Not at once for every small piece, for that would copy each byte often.
    if tail.readableBytes > 4 * Self.tailBytes {
      tail.moveReaderIndex(forwardBy: tail.readableBytes - Self.tailBytes)
      tail.discardReadBytes()
    }
    let (changed, rest) = rewriter.rewrite(piece)
    guard let rest else { return changed }
    var output = changed
    output.writeImmutableBuffer(rest)
    return output
  }

  /// What the call took; `nil` if the answer does not say.
  var usage: TokenUsage? {
    let bytes = tail.readableBytesUInt8Span
    var place: Int?
    var start = max(0, bytes.count - Self.tailBytes)
    while let found = bytes.firstPlace(of: "\"usage\"", from: start) {
      start = found + 7
      var scanner = JSONScanner(at: start)
      scanner.skipSpace(bytes)
      // The word can be a value too.
      guard scanner.take(UInt8(ascii: ":"), bytes) else { continue }
      scanner.skipSpace(bytes)
      place = scanner.index
    }
    guard let value = place else { return nil }
    var scanner = JSONScanner(at: value)
    guard (try? scanner.value(bytes)) != nil,
      let slice = tail.getSlice(at: tail.readerIndex + value, length: scanner.index - value),
      let tree = try? JSONTree(slice), tree.kind(tree.root) == .object
    else { return nil }
    var usage = TokenUsage()
    if client == .anthropic { usage.addAnthropic(tree.root, of: tree) } else { usage.addOpenAI(tree.root, of: tree) }
    return usage
  }
}
