import HTTP1
import NIOCore

/// What to do with a successful answer's bytes as they come: which head to send when, and which bytes to change.
///
/// A JSON answer's head waits for the first bytes of the body: by then the model name has usually been replaced and the
/// new length is known. If not, the answer goes on without a length.
struct AnswerBody {
  struct Head {
    var status: Int
    var fields: FieldLines
    /// `nil` if the length is not known.
    var length: Int?
  }

  struct Output {
    var head: Head?
    var body: ByteBuffer?
    /// What follows ``body``.
    var rest: ByteBuffer?
  }

  private enum Kind {
    case events(EventStreamRewriter)
    case json(JSONBodyRewriter)
    case opaque
  }

  private var kind: Kind
  private var head: Head
  /// Whether the head has been given out, so that an error can no longer replace the answer.
  private(set) var hasBegun = false

  /// `head` is the provider's, `fields` are those that the client gets.
  init(head: MessageHead, fields: FieldLines, encodedModel: [UInt8]) {
    var length: Int?
    if case .length(let count) = head.framing { length = count }
    self.head = Head(status: head.status, fields: fields, length: length)
    let text = head.bytes.readableBytesUInt8Span
    let type = head.value(of: "content-type") ?? 0..<0
    let encoding = head.value(of: "content-encoding")
    if let encoding, !FieldText.matches(text.extracting(encoding), "identity") {
      kind = .opaque
    } else if FieldText.begins(text.extracting(type), "text/event-stream") {
      kind = .events(EventStreamRewriter(replacement: encodedModel))
    } else if FieldText.begins(text.extracting(type), "application/json") {
      kind = .json(JSONBodyRewriter(replacement: encodedModel))
    } else {
      kind = .opaque
    }
  }

  /// Whether a broken stream can be ended with an event that says so.
  var isEventStream: Bool {
    if case .events = kind { true } else { false }
  }

  /// Whether nothing is missing, although the provider has not said that this was all.
  var isComplete: Bool {
    if case .events(let rewriter) = kind { rewriter.isDone } else { false }
  }

  /// What can be sent before the body comes.
  mutating func begin() -> Output {
    switch kind {
    case .json: return Output()
    case .opaque: break
    case .events:
      head.length = nil
      // What stands between must neither keep nor collect events (nginx reads the second field).
      head.fields.add("cache-control", "no-cache")
      head.fields.add("x-accel-buffering", "no")
    }
    hasBegun = true
    return Output(head: head)
  }

  /// What the next bytes become.
  mutating func next(_ piece: ByteBuffer) throws(GatewayError) -> Output {
    switch kind {
    case .opaque: return Output(body: piece)
    case .events(var rewriter):
      kind = .opaque  // One owner for the buffer inside while it changes.
      defer { kind = .events(rewriter) }
      return Output(body: try rewriter.feed(piece))
    case .json(var rewriter):
      let (body, rest) = rewriter.rewrite(piece)
      kind = .json(rewriter)
      if hasBegun { return Output(body: body, rest: rest) }
      hasBegun = true
      if let length = head.length {
        let change = body.readableBytes + (rest?.readableBytes ?? 0) - piece.readableBytes
        head.length = rewriter.isFinished ? length + change : nil
      }
      return Output(head: head, body: body, rest: rest)
    }
  }

  /// What is left when the provider has sent everything.
  mutating func end() -> Output {
    if case .events(var rewriter) = kind { return Output(body: rewriter.finish()) }
    if hasBegun { return Output() }
    hasBegun = true
    head.length = 0
    return Output(head: head)
  }
}
