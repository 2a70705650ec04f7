import GatewaySpec
import NIOCore

/// Turns a provider's successful answer into the client's, piece by piece as it comes. One value a call.
///
/// Where the dialect is the same bytes pass as they come, but for the model name; elsewhere a whole answer is collected
/// and a stream is translated event by event. On the way it counts tokens.
struct AnswerTranslator {
  /// What came of a piece.
  struct Output {
    /// Bytes for the client; `nil` if there are none yet.
    var bytes: ByteBuffer?
    /// Why the answer cannot go on, after those bytes. If nothing has been sent before, another target may be tried; else
    /// the stream is ended with ``ClientDialect/streamEnd(of:requestID:)``.
    var failure: GatewayError?
  }

  private enum Kind {
    /// Nothing is to be changed, or nothing can be.
    case opaque
    /// JSON of the client's dialect.
    case body(PassedBody)
    /// Events of the client's dialect.
    case events(PassedEvents)
    case translated(TranslatedAnswer)
  }

  private var kind: Kind
  /// The media type for the client; `nil` for the provider's own.
  let contentType: String?
  /// Whether the client gets a stream of events, which can be ended with one that says what went wrong.
  let isEventStream: Bool

  /// Begins when the head of the answer is there.
  ///
  /// - Parameter isEncoded: whether the body is compressed or otherwise encoded.
  /// - Throws: if the answer has to be translated and cannot.
  init(
    _ plan: AnswerPlan, _ identity: AnswerIdentity, media: AnswerMedia, isEncoded: Bool
  ) throws(GatewayError) {
    if plan.isSameDialect {
      contentType = nil
      isEventStream = media == .events
      switch media {
      case _ where isEncoded: kind = .opaque
      case .events: kind = .events(PassedEvents(plan, identity))
      case .json: kind = .body(PassedBody(plan.client, identity))
      case .amazonEvents, .other: kind = .opaque
      }
      return
    }
    guard !isEncoded else { throw .upstreamMalformed }
    let frames: TranslatedAnswer.Frames
    switch media {
    case .json: frames = .whole(ByteBuffer())
    case .events: frames = .events(EventStreamParser())
    case .amazonEvents: frames = .amazon(AWSEventStreamDecoder())
    case .other: throw .upstreamMalformed
    }
    contentType = plan.isStream ? "text/event-stream; charset=utf-8" : "application/json"
    isEventStream = plan.isStream
    kind = .translated(TranslatedAnswer(plan, identity, frames))
  }

  /// What the call took, as far as is known; `nil` until the provider says.
  var usage: TokenUsage? {
    switch kind {
    case .translated(let answer): answer.usage
    case .events(let events): events.usage
    case .body(let body): body.usage
    case .opaque: nil
    }
  }

  /// Whether nothing is missing, although the provider has not said that this was all.
  var isComplete: Bool {
    switch kind {
    case .events(let events): events.isDone
    case .translated(let answer): answer.isComplete
    case .opaque, .body: false
    }
  }

  /// Whether the whole answer comes from ``finish()`` and nothing before.
  var isCollecting: Bool {
    if case .translated = kind { !isEventStream } else { false }
  }

  /// Whether the rest passes unchanged, so that the length of the answer is that of the provider's and what the pieces
  /// so far have grown by.
  var isPassing: Bool {
    switch kind {
    case .opaque: true
    case .body(let body): body.isPassing
    case .events, .translated: false
    }
  }

  /// What the next bytes become.
  mutating func feed(_ piece: ByteBuffer) -> Output {
    switch kind {
    case .opaque: return Output(bytes: piece)
    case .body(var body):
      kind = .opaque  // One owner for the buffer inside while it changes.
      defer { kind = .body(body) }
      return Output(bytes: body.feed(piece))
    case .events(var events):
      kind = .opaque
      defer { kind = .events(events) }
      return events.feed(piece)
    case .translated(var answer):
      kind = .opaque
      defer { kind = .translated(answer) }
      return answer.feed(piece)
    }
  }

  /// What is left when the provider has sent everything.
  mutating func finish() -> Output {
    switch kind {
    case .opaque, .body: return Output()
    case .events(var events):
      kind = .opaque
      defer { kind = .events(events) }
      return events.finish()
    case .translated(var answer):
      kind = .opaque
      defer { kind = .translated(answer) }
      return answer.finish()
    }
  }
}
