import HTTP1
import NIOCore

/// What a call to a provider tells whoever made it. Nothing comes after the end or a failure.
protocol UpstreamCallOwner: AnyObject {
  /// The head of a good answer, when its first bytes are there.
  func upstreamAnswered(status: Int, fields: FieldLines, length: Int?)
  /// More of the answer's body.
  func upstreamSent(_ piece: ByteBuffer)
  /// The answer is complete.
  func upstreamEnded()
  /// There will be no answer, or not the rest of it.
  func upstreamFailed(_ failure: UpstreamCall.Failure)
  /// One batch of reads is through. Whether to read more now.
  func upstreamProgressed(inStream: Bool) -> Bool
}

/// One request to one target: it finds a connection, sends the request, and passes the answer on as it comes. It lives on
/// the event loop of whoever made it.
final class UpstreamCall {
  /// Why there is no answer, or only a part of one.
  struct Failure {
    /// What it means for what comes next.
    var attempt: AttemptFailure
    /// What the client is told if nothing else comes.
    var error: GatewayError
    /// The provider's own error, if the client may have it as it is.
    var answer: (status: Int, body: ByteBuffer)?
    /// The provider's fields for the client.
    var fields = FieldLines()
    /// How a stream ends of which a part is out.
    var part = Part.none

    enum Part { case none, stream, complete, body }
  }

  private enum Phase {
    case connecting, awaitingHead
    case passing(AnswerBody)
    case collectingError(MessageHead, ByteBuffer)
    case finished
  }

  private let loop: LoopState
  private let limits: GatewayLimits
  private let model: PublicModel
  private let origin: UpstreamOrigin
  private let request: UpstreamRequest
  /// When it has failed if the answer, or the first event of a stream, has not come.
  private let deadline: NIODeadline
  private var owner: (any UpstreamCallOwner)?
  private var connection: UpstreamConnection?
  private var phase = Phase.connecting
  private var isReused = false
  private var hasReconnected = false

  init(
    for owner: any UpstreamCallOwner, loop: LoopState, limits: GatewayLimits, model: PublicModel,
    origin: UpstreamOrigin, request: UpstreamRequest, deadline: NIODeadline
  ) {
    self.owner = owner
    self.loop = loop
    self.limits = limits
    self.model = model
    self.origin = origin
    self.request = request
    self.deadline = deadline
  }

  /// Begins on an unused connection if there is one.
  func start() {
    loop.counters.upstreamRequests += 1
    if let connection = loop.pool.take(origin) {
      isReused = true
      loop.counters.upstreamReused += 1
      send(on: connection)
    } else {
      connect()
    }
  }

  /// Nobody needs the answer any more, so the provider need not finish it.
  func cancel() {
    loop.counters.upstreamCancelled += 1
    finish()
  }

  /// The request's own time is over.
  func timedOut() {
    fail(.upstreamTimeout)
  }

  /// Fails if the target has had its time. A stream that has begun has the time between events that the connection gives.
  func checkDeadline(now: NIODeadline) {
    guard now >= deadline else { return }
    if case .passing(let answer) = phase, answer.isEventStream, answer.hasBegun { return }
    fail(.upstreamTimeout)
  }

  /// The client has room again.
  func resume() {
    connection?.resume()
  }

  private func connect() {
    isReused = false
    phase = .connecting
    loop.counters.upstreamConnects += 1
    loop.pool.connect(origin, timeout: TimeAmount(limits.connectTimeout))
      .assumeIsolated()
      .whenComplete { self.connected($0) }
  }

  private func connected(_ result: Result<UpstreamConnection, any Error>) {
    switch (result, phase) {
    case (.success(let connection), .connecting): send(on: connection)
    // Nobody waits any more; the next one may use the connection.
    case (.success(let connection), _): release(connection, to: loop.pool)
    case (.failure, .connecting): fail(.upstreamUnreachable)
    case (.failure, _): break
    }
  }

  private func send(on connection: UpstreamConnection) {
    self.connection = connection
    phase = .awaitingHead
    connection.send(request, for: self)
  }

  // MARK: From the connection

  /// Keeps a connection whose answer is complete for the next call.
  func release(_ connection: UpstreamConnection, to pool: UpstreamPool) {
    if self.connection === connection { self.connection = nil }
    pool.put(connection, now: .now(), limit: loop.isDraining ? 0 : limits.upstreamIdleConnections)
    connection.resume()
  }

  func received(_ head: MessageHead) {
    guard case .awaitingHead = phase else { return }
    // A chat completion without content is none.
    guard (200..<300).contains(head.status), head.status != 204 else {
      phase = .collectingError(head, ByteBuffer())
      return
    }
    var answer = AnswerBody(head: head, fields: clientFields(head, withBody: true), encodedModel: model.encodedName)
    let output = answer.begin()
    phase = .passing(answer)
    pass(output)
  }

  /// The fields of the provider's answer that the client gets; with those that are about the body if it goes on too.
  private func clientFields(_ head: MessageHead, withBody: Bool) -> FieldLines {
    var lines = FieldLines()
    lines.reserveCapacity(512)
    let text = head.bytes.readableBytesUInt8Span
    for field in head.fields {
      let name = text.extracting(field.name)
      if ForwardedFields.response(name), withBody || !ForwardedFields.describesBody(name) { lines.add(field, of: head) }
    }
    if let id = head.value(of: "x-request-id") { lines.add("x-sluice-upstream-request-id", id, of: head) }
    return lines
  }

  func received(_ piece: ByteBuffer) {
    switch phase {
    case .passing(var answer):
      phase = .awaitingHead  // Frees the buffers inside from a second owner while they change.
      do {
        let output = try answer.next(piece)
        phase = .passing(answer)
        pass(output)
      } catch {
        phase = .passing(answer)
        fail(error)
      }
    case .collectingError(let head, var collected):
      if collected.readableBytes < ProviderError.maximumBytes {
        collected.writeImmutableBuffer(piece)
        phase = .collectingError(head, collected)
      }
    default: break
    }
  }

  func receivedEnd() {
    connection = nil
    switch phase {
    case .passing(var answer):
      pass(answer.end())
      let owner = owner
      finish()
      owner?.upstreamEnded()
    case .collectingError(let head, let body): failWithAnswer(head, body)
    default: fail(.upstreamMalformed)
    }
  }

  /// One batch of reads is through. Whether to read more now.
  func readCompleted() -> Bool {
    guard let owner else { return true }
    guard case .passing(let answer) = phase else { return owner.upstreamProgressed(inStream: false) }
    return owner.upstreamProgressed(inStream: answer.isEventStream && answer.hasBegun)
  }

  /// The connection broke or the provider closed it; `hasAnswered` if any byte of an answer had come.
  func connectionFailed(_ failure: GatewayError, hasAnswered: Bool) {
    connection = nil
    switch phase {
    case .awaitingHead where isReused && !hasReconnected && !hasAnswered && failure == .upstreamClosed:
      // The provider closed an unused connection just as the request left, and so has hardly begun with the request.
      hasReconnected = true
      loop.counters.upstreamRetries += 1
      connect()
    case .connecting, .awaitingHead, .passing, .collectingError: fail(failure)
    case .finished: break
    }
  }

  // MARK: The end

  private func failWithAnswer(_ head: MessageHead, _ body: ByteBuffer) {
    let text = body.readableBytesUInt8Span
    var failure: Failure
    let attempt = AttemptFailure(head, wallClock: loop.wallClock())
    switch ProviderError.translate(status: head.status, body: text) {
    case .passOn:
      failure = Failure(attempt: attempt, error: .upstreamStatus(head.status, message: nil))
      failure.answer = (head.status, body)
      failure.fields = clientFields(head, withBody: true)
    case .replace(let error):
      failure = Failure(attempt: attempt, error: error)
      failure.fields = clientFields(head, withBody: false)
    }
    end(with: failure)
  }

  private func fail(_ error: GatewayError) {
    var failure = Failure(attempt: AttemptFailure(error), error: error)
    if case .passing(let answer) = phase, answer.hasBegun || answer.isComplete {
      failure.part = answer.isComplete ? .complete : answer.isEventStream ? .stream : .body
    }
    end(with: failure)
  }

  private func end(with failure: Failure) {
    guard let owner else { return }
    finish()
    loop.counters.upstreamFailures += 1
    owner.upstreamFailed(failure)
  }

  private func pass(_ output: AnswerBody.Output) {
    if let head = output.head { owner?.upstreamAnswered(status: head.status, fields: head.fields, length: head.length) }
    if let body = output.body { owner?.upstreamSent(body) }
    if let rest = output.rest { owner?.upstreamSent(rest) }
  }

  private func finish() {
    phase = .finished
    connection?.close()
    connection = nil
    owner = nil
  }
}

extension AttemptFailure {
  /// What an error answer means.
  init(_ head: MessageHead, wallClock: Int) {
    let reason: Reason =
      switch head.status {
      case 401: .credentials
      case 402: .outOfQuota
      case 403, 404: .notHere
      case 408, 409, 425, 500...: .serverError
      case 429: .rateLimited
      case 400..<500: .invalidRequest
      // What is neither an answer nor an error, such as a redirect.
      default: .broken
      }
    let seconds = head.value(of: "retry-after").flatMap { Int64(head.string($0)) }
    self.init(reason, retryAfter: seconds.map { .seconds(min(max(0, $0), 3600)) })
  }

  /// What a failure without an answer means.
  init(_ error: GatewayError) {
    switch error {
    case .upstreamUnreachable, .upstreamUntrusted: self.init(.unreachable)
    case .upstreamTimeout: self.init(.timedOut)
    default: self.init(.broken)
    }
  }
}
