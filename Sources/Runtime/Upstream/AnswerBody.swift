import HTTP1
import NIOCore

/// What to do with a successful answer's bytes as they come: which head to send when, and which bytes to change.
///
/// The head of a stream waits for its first event, and a short JSON answer is held until it is complete: as long as
/// nothing has gone out, another target can still answer in place of one that breaks off. A long JSON answer begins with
/// its first bytes; by then the model name has usually been replaced and the new length is known.
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

  /// Up to this size a JSON answer is held until it is complete.
  static let heldBytes = 64 << 10

  private enum Kind {
    case events(EventStreamRewriter)
    case json(JSONBodyRewriter)
    case opaque
  }

  private var kind: Kind
  private var head: Head
  /// What is held of a JSON answer, and how much of it came from the provider.
  private var held = ByteBuffer()
  private var received = 0
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
    case .opaque:
      hasBegun = true
      return Output(head: head)
    case .events:
      head.length = nil
      // What stands between must neither keep nor collect events (nginx reads the second field).
      head.fields.add("cache-control", "no-cache")
      head.fields.add("x-accel-buffering", "no")
      return Output()
    }
  }

  /// What the next bytes become.
  mutating func next(_ piece: ByteBuffer) throws(GatewayError) -> Output {
    switch kind {
    case .opaque: return Output(body: piece)
    case .events(var rewriter):
      kind = .opaque  // One owner for the buffer inside while it changes.
      defer { kind = .events(rewriter) }
      return begun(with: try rewriter.feed(piece))
    case .json(var rewriter):
      let (body, rest) = rewriter.rewrite(piece)
      kind = .json(rewriter)
      if hasBegun { return Output(body: body, rest: rest) }
      received += piece.readableBytes
      let isWhole = received == head.length
      // Most answers come in one read, and that one is not put together.
      if isWhole, held.readableBytes == 0 {
        head.length = body.readableBytes + (rest?.readableBytes ?? 0)
        return begun(with: body, rest)
      }
      hold(body)
      if let rest { hold(rest) }
      if !isWhole, head.length ?? received <= Self.heldBytes { return Output() }
      head.length = head.length.flatMap { rewriter.isFinished || isWhole ? $0 - received + held.readableBytes : nil }
      return begun(with: takeHeld())
    }
  }

  /// What is left when the provider has sent everything.
  mutating func end() -> Output {
    if case .events(var rewriter) = kind {
      let rest = rewriter.finish()
      return hasBegun || rest != nil ? begun(with: rest) : Output(head: head)
    }
    if hasBegun { return Output() }
    head.length = held.readableBytes
    return begun(with: takeHeld())
  }

  /// Bytes for the client, behind the head if they are the first.
  private mutating func begun(with body: ByteBuffer?, _ rest: ByteBuffer? = nil) -> Output {
    guard !hasBegun, let body else { return Output(body: body, rest: rest) }
    hasBegun = true
    return Output(head: head, body: body, rest: rest)
  }

  private mutating func hold(_ piece: ByteBuffer) {
    if held.readableBytes == 0 { held = piece } else { held.writeImmutableBuffer(piece) }
  }

  private mutating func takeHeld() -> ByteBuffer {
    defer { held = ByteBuffer() }
    return held
  }
}
