import NIOCore

/// Turns a provider's successful answer into the client's, piece by piece as it comes. One value a call.
///
/// Where the dialect is the same bytes pass as they come, but for the model name; elsewhere a whole answer is collected
/// and a stream is translated event by event. On the way it counts tokens.
struct AnswerTranslator {
  /// The largest whole answer that is translated, in bytes.
  static let maximumBytes = 32 << 20

  private enum Kind {
    /// Nothing is to be changed, or nothing can be.
    case opaque
    case json(JSONBodyRewriter)
    case events(EventStreamRewriter)
    case collecting(ByteBuffer)
  }

  private let plan: AnswerPlan
  private let identity: AnswerIdentity
  private var kind: Kind
  /// What the call took, as far as is known; `nil` until the provider says.
  private(set) var usage: TokenUsage?
  /// The media type for the client; `nil` for the provider's own.
  let contentType: String?

  /// Begins when the head of the answer is there.
  ///
  /// - Parameters:
  ///   - contentType: the answer's media type.
  ///   - isEncoded: whether the body is compressed or otherwise encoded.
  /// - Throws: if the answer has to be translated and cannot.
  init(
    _ plan: AnswerPlan, _ identity: AnswerIdentity, contentType: String, isEncoded: Bool
  ) throws(GatewayError) {
    self.plan = plan
    self.identity = identity
    let isJSON = FieldName.begins(contentType, "application/json")
    let isEvents = FieldName.begins(contentType, "text/event-stream")
    if plan.isSameDialect {
      self.contentType = nil
      kind =
        isEncoded ? .opaque
        : isEvents ? .events(EventStreamRewriter(replacement: identity.encodedModel))
        : isJSON ? .json(JSONBodyRewriter(replacement: identity.encodedModel)) : .opaque
      return
    }
    guard !isEncoded, isJSON else { throw .upstreamMalformed }
    self.contentType = "application/json"
    kind = .collecting(ByteBuffer())
  }

  /// Whether the client gets a stream of events, which can be ended with one that says what went wrong.
  var isEventStream: Bool {
    if case .events = kind { true } else { false }
  }

  /// Whether nothing is missing, although the provider has not said that this was all.
  var isComplete: Bool {
    if case .events(let rewriter) = kind { rewriter.isDone } else { false }
  }

  /// Whether the whole answer comes from ``finish()`` and nothing before.
  var isCollecting: Bool {
    if case .collecting = kind { true } else { false }
  }

  /// Whether the rest passes unchanged, so that the length of the answer is that of the provider's and what the pieces
  /// so far have grown by.
  var isPassing: Bool {
    switch kind {
    case .opaque: true
    case .json(let rewriter): rewriter.isFinished
    case .events, .collecting: false
    }
  }

  /// What the next bytes become; `nil` if nothing yet.
  mutating func feed(_ piece: ByteBuffer) throws(GatewayError) -> ByteBuffer? {
    switch kind {
    case .opaque: return piece
    case .json(var rewriter):
      let output = rewriter.rewrite(piece)
      kind = .json(rewriter)
      return output
    case .events(var rewriter):
      kind = .opaque  // One owner for the buffer inside while it changes.
      defer { kind = .events(rewriter) }
      return try rewriter.feed(piece)
    case .collecting(var collected):
      kind = .opaque
      defer { kind = .collecting(collected) }
      if collected.readableBytes == 0 { collected = piece } else { collected.writeImmutableBuffer(piece) }
      guard collected.readableBytes <= Self.maximumBytes else { throw .upstreamMalformed }
      return nil
    }
  }

  /// What is left when the provider has sent everything.
  mutating func finish() throws(GatewayError) -> ByteBuffer? {
    switch kind {
    case .opaque, .json: return nil
    case .events(var rewriter):
      kind = .opaque
      defer { kind = .events(rewriter) }
      return rewriter.finish()
    case .collecting(let collected):
      var writer = OpenAIAnswerWriter(identity)
      do {
        let tree = try JSONTree(collected)
        try AnthropicAnswerReader.read(tree, unwrapsTool: plan.unwrapsTool, into: &writer)
      } catch {
        throw .upstreamMalformed
      }
      return writer.take()
    }
  }
}
