import GatewaySpec
import HTTP1
import NIOCore

/// One request for a model, from its complete body to the end of its answer: it is admitted, sent to one target after the
/// other until one answers, and that answer is passed on.
///
/// What comes next is ``Dispatch``'s to say; here are the calls, the timers and the client.
final class InferenceCall: UpstreamCallOwner {
  private let loop: LoopState
  private let snapshot: GatewaySnapshot
  private let key: VirtualKey?
  private let deadline: NIODeadline
  private var dispatch: Dispatch
  private var client: ClientConnection?
  /// What is asked; gone as soon as an answer has begun, for a stream may last for minutes and needs none of it.
  private var request: (chat: ChatRequest, head: MessageHead, body: ByteBuffer)?
  private var upstream: UpstreamCall?
  private var target: ModelTarget?
  private var wait: Scheduled<Void>?
  private var isAdmitted = false
  private var hasAnswered = false
  /// What the client is told if no target answers.
  private var failure: UpstreamCall.Failure?

  /// - Parameters:
  ///   - client: gets the answer.
  ///   - head: the client's, of which few fields go on.
  init(
    for client: ClientConnection, _ chat: ChatRequest, of model: PublicModel, _ operation: InferenceOperation,
    head: MessageHead, body: ByteBuffer, now: NIODeadline
  ) {
    self.client = client
    loop = client.loop
    snapshot = client.snapshot
    key = client.caller.key
    request = (chat, head, body)
    deadline = Self.deadline(head, limit: client.snapshot.limits.requestTimeout, now: now)
    dispatch = Dispatch(model, among: client.snapshot.models, operation, deadline: deadline)
  }

  /// The end of the request's time. A client, or a gateway before this one, may allow less than the configuration.
  private static func deadline(_ head: MessageHead, limit: Duration, now: NIODeadline) -> NIODeadline {
    let limit = TimeAmount(limit)
    guard let value = head.value(of: DeadlineField.name), let left = DeadlineField.parse(head.string(value)) else {
      return now + limit
    }
    return now + min(limit, left)
  }

  /// Begins as soon as the key's limits allow it.
  func start() {
    guard let key else {
      begin()
      return
    }
    loop.keys.admit(key, now: .now()) { self.admitted($0) }
  }

  private func admitted(_ refusal: LimitRefusal?) {
    guard let refusal else {
      isAdmitted = true
      if client == nil { settle() } else { begin() }
      return
    }
    guard let client else { return }
    loop.counters.limited += 1
    var fields = FieldLines()
    if let key { fields.addLimits(loop.keys.share(of: key)) }
    fields.addRefusal(refusal)
    finish()
    client.fail(.limited(refusal), fields: fields)
  }

  private func begin() {
    perform(dispatch.start(health: &loop.health, using: &loop.random, now: .now()))
  }

  // MARK: From the client

  /// The client is gone: nobody needs the answer, so no provider need finish it.
  func cancel() {
    dispatch.cancelled(health: &loop.health, now: .now())
    upstream?.cancel()
    finish()
  }

  /// The time of the request is over, or a stream has been silent for too long.
  func timedOut() {
    if let upstream {
      upstream.timedOut()
    } else if wait != nil {
      wait?.cancel()
      wait = nil
      giveUp(dispatch.failures.isEmpty ? .deadlinePassed : .failed)
    }
  }

  /// Looks whether the target has had its time.
  func checkDeadline(now: NIODeadline) {
    upstream?.checkDeadline(now: now)
  }

  /// The client has room again.
  func resume() {
    upstream?.resume()
  }

  // MARK: What to do next

  private func perform(_ action: Dispatch.Action) {
    switch action {
    case .call(let attempt): call(attempt)
    case .wait(let time):
      loop.counters.retryWaits += 1
      wait = loop.eventLoop.assumeIsolated().scheduleTask(in: time) {
        self.wait = nil
        self.perform(self.dispatch.waited(health: &self.loop.health, using: &self.loop.random, now: .now()))
      }
    case .giveUp(let refusal): giveUp(refusal)
    }
  }

  private func call(_ attempt: Dispatch.Attempt) {
    guard let client, let request else { return }
    target = attempt.target
    client.record.model = attempt.model.name
    client.record.target = attempt.target.id
    client.record.attempts = dispatch.attempts
    loop.metrics.called(attempt.target.id)
    if dispatch.attempts > 1 { loop.counters.retries += 1 }
    switch attempt.target.provider {
    case .mock: answerAsMock(request.chat, request.body, attempt)
    case .openAICompatible(let endpoint):
      let message = UpstreamRequest(
        to: endpoint, requestID: client.requestID, fieldsOf: request.head, body: request.body,
        replacing: request.chat.modelValue, with: attempt.target.encodedModel, timeout: attempt.deadline - .now())
      let upstream = UpstreamCall(
        for: self, loop: loop, limits: snapshot.limits, model: attempt.model, origin: endpoint.origin,
        request: message, deadline: attempt.deadline)
      self.upstream = upstream
      upstream.start()
    }
  }

  private func answerAsMock(_ chat: ChatRequest, _ body: ByteBuffer, _ attempt: Dispatch.Attempt) {
    let provider = MockProvider(
      encodedModel: attempt.model.encodedName, id: loop.random.identifier(prefix: "chatcmpl-"),
      created: loop.wallClock())
    let text = MockProvider.reply(to: chat, body.readableBytesUInt8Span)
    var fields = FieldLines()
    if chat.stream {
      fields.add("content-type", "text/event-stream; charset=utf-8")
      fields.add("cache-control", "no-cache")
      fields.add("x-accel-buffering", "no")
      let events = provider.stream(text, promptBytes: chat.messages.count, includeUsage: chat.includeUsage)
      upstreamAnswered(status: 200, fields: fields, length: nil)
      upstreamSent(ByteBuffer(bytes: events))
    } else {
      fields.add("content-type", "application/json")
      let bytes = provider.completion(text, promptBytes: chat.messages.count)
      upstreamAnswered(status: 200, fields: fields, length: bytes.count)
      upstreamSent(ByteBuffer(bytes: bytes))
    }
    upstreamEnded()
  }

  private func giveUp(_ refusal: Dispatch.Refusal) {
    guard let client else { return }
    let failure = failure
    var fields = failure?.fields ?? FieldLines()
    addCourse(to: &fields)
    finish()
    switch refusal {
    case .failed:
      if let answer = failure?.answer {
        client.respond(
          status: answer.status, fields: fields, body: answer.body, error: failure?.error.rendering.label)
      } else {
        client.fail(failure?.error ?? .upstreamUnreachable, fields: fields)
      }
    case .notServed: client.fail(.operationNotServed(dispatch.asked.name, dispatch.operation), fields: fields)
    case .allResting(let time, let isRateLimit):
      fields.addRetryAfter(time)
      client.fail(.targetsResting(dispatch.asked.name, isRateLimit: isRateLimit), fields: fields)
    case .deadlinePassed: client.fail(.upstreamTimeout, fields: fields)
    }
  }

  // MARK: From the provider

  func upstreamAnswered(status: Int, fields: FieldLines, length: Int?) {
    guard let client else { return }
    hasAnswered = true
    request = nil
    failure = nil
    dispatch.answered(health: &loop.health, now: .now())
    var fields = fields
    addCourse(to: &fields)
    client.beginResponse(status: status, fields: fields, length: length)
  }

  func upstreamSent(_ piece: ByteBuffer) {
    client?.writeBody(piece)
  }

  func upstreamEnded() {
    dispatch.ended(health: &loop.health, now: .now())
    let client = client
    finish()
    client?.endResponse()
  }

  func upstreamFailed(_ failure: UpstreamCall.Failure) {
    upstream = nil
    guard hasAnswered else {
      // Of the models that stand in the client need not know.
      if dispatch.model === dispatch.asked || self.failure == nil { self.failure = failure }
      let action = counting(failure) {
        dispatch.failed(failure.attempt, health: &loop.health, using: &loop.random, now: .now())
      }
      perform(action)
      return
    }
    counting(failure) {
      dispatch.ended(failure.part == .complete ? nil : failure.attempt, health: &loop.health, now: .now())
    }
    let client = client
    finish()
    let label = failure.error.rendering.label
    switch failure.part {
    // The provider has said its last word and only failed to end the transfer.
    case .complete: client?.endResponse()
    case .stream:
      client?.writeBody(ByteBuffer(bytes: failure.error.eventStreamEnd))
      client?.endResponse(error: label)
    // The client was promised another length; only a broken connection tells it the truth.
    case .body, .none: client?.abort(error: label)
    }
  }

  func upstreamProgressed(inStream: Bool) -> Bool {
    client?.upstreamProgressed(inStream: inStream) ?? true
  }

  /// Counts a failure of the target, and whether it is left alone because of it.
  private func counting<Result>(_ failure: UpstreamCall.Failure, _ body: () -> Result) -> Result {
    guard let target else { return body() }
    let cooldowns = loop.health[target].cooldowns
    let result = body()
    loop.metrics.failed(target.id, reason: failure.attempt.reason.label)
    if loop.health[target].cooldowns > cooldowns { loop.metrics.cooled(target.id) }
    return result
  }

  // MARK: The end

  private func finish() {
    if client != nil, dispatch.model !== dispatch.asked { loop.counters.fallbacks += 1 }
    client = nil
    upstream = nil
    request = nil
    wait?.cancel()
    wait = nil
    if isAdmitted { settle() }
  }

  /// Books with the key what the request took.
  private func settle() {
    isAdmitted = false
    guard let key else { return }
    loop.keys.finish(key, tokens: 0, cost: 0)
  }

  /// Which target it was, and what was tried before.
  private func addCourse(to fields: inout FieldLines) {
    if let target { fields.add("x-sluice-target", target.id) }
    fields.add("x-sluice-attempts", String(dispatch.attempts))
    if dispatch.model !== dispatch.asked { fields.add("x-sluice-model", dispatch.model.name) }
    if !dispatch.failures.isEmpty {
      let tried = dispatch.failures.map { "\($0.target.id)=\($0.reason.label)" }
      fields.add("x-sluice-tried", tried.joined(separator: ", "))
    }
    if let key { fields.addLimits(loop.keys.share(of: key)) }
  }
}
