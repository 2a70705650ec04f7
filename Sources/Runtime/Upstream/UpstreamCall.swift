import HTTP1
import NIOCore

/// One request to a provider: it finds a connection, sends the body with the model name replaced, and passes the answer
/// on as it comes. It lives on the event loop of the client's connection and ends with the answer or the client.
final class UpstreamCall {
  private enum Phase {
    case connecting, awaitingHead
    case passing(AnswerBody)
    case collectingError(MessageHead, ByteBuffer)
    case finished
  }

  private let loop: LoopState
  private let snapshot: GatewaySnapshot
  private let model: PublicModel
  private let target: ModelTarget
  private let origin: UpstreamOrigin
  private let request: UpstreamRequest
  private var client: ClientConnection?
  private var connection: UpstreamConnection?
  private var phase = Phase.connecting
  private var isReused = false
  private var hasRetried = false

  /// Prepares a call; `head` is the client's, of which few fields go on.
  init(
    for client: ClientConnection, loop: LoopState, snapshot: GatewaySnapshot, model: PublicModel, target: ModelTarget,
    endpoint: OpenAICompatibleEndpoint, chat: ChatRequest, head: MessageHead, body: ByteBuffer
  ) {
    self.client = client
    self.loop = loop
    self.snapshot = snapshot
    self.model = model
    self.target = target
    origin = endpoint.origin
    request = UpstreamRequest(
      to: endpoint, requestID: client.requestID, fieldsOf: head, body: body, replacing: chat.modelValue,
      with: target.encodedModel)
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

  /// The client is gone: nobody needs the answer, so the provider need not finish it.
  func cancel() {
    loop.counters.upstreamCancelled += 1
    finish()
  }

  /// The time allowed has passed.
  func timedOut() {
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
    loop.pool.connect(origin, timeout: TimeAmount(snapshot.limits.connectTimeout))
      .assumeIsolated()
      .whenComplete { self.connected($0) }
  }

  private func connected(_ result: Result<UpstreamConnection, any Error>) {
    switch (result, phase) {
    case (.success(let connection), .connecting): send(on: connection)
    // The client left meanwhile; the next one may use the connection.
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

  /// Keeps a connection whose answer is complete for the next call.
  func release(_ connection: UpstreamConnection, to pool: UpstreamPool) {
    if self.connection === connection { self.connection = nil }
    pool.put(connection, now: .now(), limit: loop.isDraining ? 0 : snapshot.limits.upstreamIdleConnections)
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

  /// The fields of the provider's answer that the client gets, and what the gateway adds; with those that are about the
  /// body if it goes on too.
  private func clientFields(_ head: MessageHead, withBody: Bool) -> FieldLines {
    var lines = FieldLines()
    lines.reserveCapacity(512)
    let text = head.bytes.readableBytesUInt8Span
    for field in head.fields {
      let name = text.extracting(field.name)
      if ForwardedFields.response(name), withBody || !ForwardedFields.describesBody(name) { lines.add(field, of: head) }
    }
    if let id = head.value(of: "x-request-id") { lines.add("x-sluice-upstream-request-id", id, of: head) }
    lines.add("x-sluice-target", target.id)
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
    guard let client else { return }
    switch phase {
    case .passing(var answer):
      pass(answer.end())
      finish()
      client.endResponse()
    case .collectingError(let head, let body):
      finish()
      switch ProviderError.translate(status: head.status, body: body.readableBytesUInt8Span) {
      case .passOn:
        client.respond(
          status: head.status, fields: clientFields(head, withBody: true), body: body,
          error: "upstream_\(head.status / 100)xx")
      case .replace(let error): client.fail(error, fields: clientFields(head, withBody: false))
      }
    default:
      fail(.upstreamMalformed)
    }
  }

  /// One batch of reads is through. Whether to read more now.
  func readCompleted() -> Bool {
    guard let client else { return true }
    guard case .passing(let answer) = phase else { return client.upstreamProgressed(inStream: false) }
    return client.upstreamProgressed(inStream: answer.isEventStream && answer.hasBegun)
  }

  /// The connection broke or the provider closed it; `hasAnswered` if any byte of an answer had come.
  func connectionFailed(_ failure: GatewayError, hasAnswered: Bool) {
    connection = nil
    switch phase {
    case .awaitingHead where isReused && !hasRetried && !hasAnswered && failure == .upstreamClosed:
      // The provider closed an unused connection just as the request left, and so has hardly begun with the request.
      hasRetried = true
      loop.counters.upstreamRetries += 1
      connect()
    case .connecting, .awaitingHead, .passing, .collectingError:
      fail(failure)
    case .finished: break
    }
  }

  private func fail(_ error: GatewayError) {
    guard let client else { return }
    let phase = phase
    finish()
    loop.counters.upstreamFailures += 1
    switch phase {
    case .passing(let answer) where answer.isComplete:
      // The provider has said its last word and only failed to end the transfer.
      client.endResponse()
    case .passing(let answer) where answer.hasBegun:
      if answer.isEventStream {
        client.writeBody(ByteBuffer(bytes: error.eventStreamEnd))
        client.endResponse(error: error.rendering.label)
      } else {
        // The client was promised another length; only a broken connection tells it the truth.
        client.abort(error: error.rendering.label)
      }
    default:
      client.fail(error)
    }
  }

  private func pass(_ output: AnswerBody.Output) {
    guard let client else { return }
    if let head = output.head { client.beginResponse(status: head.status, fields: head.fields, length: head.length) }
    if let body = output.body { client.writeBody(body) }
    if let rest = output.rest { client.writeBody(rest) }
  }

  private func finish() {
    phase = .finished
    connection?.close()
    connection = nil
    client = nil
  }
}
