import HTTP1
import NIOCore

/// A client's connection: it takes requests one after the other, answers each before it looks at the next, and holds
/// back the provider while the client is slow.
///
/// What to do when is in ``ConnectionState``; here are the bytes, and in `ClientConnection+Operations.swift` what each
/// request asks for.
final class ClientConnection: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What becomes of the body that is coming in.
  enum Intake {
    case collect(RouteTable.Route, parameter: Substring?)
    /// The request is refused; a small body is read to its end so that the connection can go on.
    case refuse(GatewayError)
    /// The answer to `OPTIONS`.
    case options(allow: String)
  }

  /// The largest body that is read only to throw it away.
  private static let maximumDiscard = 64 << 10
  /// A larger piece of an answer is written as it is; a smaller one is copied, so that what goes out together is one
  /// buffer and one write.
  private static let maximumCopy = 8 << 10

  let loop: LoopState
  /// The place in the loop's list of connections.
  var slot = 0
  var snapshot: GatewaySnapshot
  var state: ConnectionState
  /// The head of the current request, as long as it is needed.
  var head: MessageHead?
  var body = ByteBuffer()
  var intake = Intake.refuse(.routeNotFound)
  var record = AccessRecord(start: .distantPast)
  /// Who sent the current request.
  var caller = Caller.anybody
  var call: InferenceCall?
  private var context: ChannelHandlerContext?
  /// Cuts the input into requests, and keeps what belongs to the next one while this one is being answered.
  private var parser: MessageParser
  /// What is to be sent with the next flush.
  private var output = ByteBuffer()
  /// Whether something has been written and not flushed.
  private var hasUnflushed = false
  private var discarded = 0
  private var readIsHeld = false
  private var isTakingInput = false
  private var isInRead = false
  private var isInFlight = false
  /// Whether there were too many requests when the current one came.
  private(set) var isOverload = false
  private var isChunked = false
  private var speaksHTTP10 = false
  private var omitsBody = false

  init(loop: LoopState) {
    self.loop = loop
    snapshot = loop.snapshot
    state = ConnectionState(times: ConnectionState.Times(loop.snapshot.limits), now: .now())
    parser = MessageParser(.requests, limits: MessageParser.Limits(headBytes: loop.snapshot.limits.maxHeaderBytes))
  }

  var requestID: String { record.requestID }

  /// What waits to be sent, in bytes.
  var unsentBytes: Int {
    ((try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0) + output.readableBytes
  }

  // MARK: From the channel

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    if !loop.add(self) { refuseUnparsed(.tooManyConnections) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    if isInFlight {
      loop.counters.clientDisconnects += 1
      record.error = record.error ?? "client_closed"
      finishRecord(status: record.status == 0 ? 499 : record.status)
    }
    let call = call
    self.call = nil
    call?.cancel()
    loop.remove(self)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    isInRead = true
    guard state.phase != .lingering else { return }
    parser.feed(unwrapInboundIn(data))
    takeInput()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isInRead = false
    flush()
    context.fireChannelReadComplete()
  }

  /// While bytes of a next request wait no more are read, so that a client cannot fill the memory with them.
  func read(context: ChannelHandlerContext) {
    if mustWait, parser.hasInput { readIsHeld = true } else { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    state.writabilityChanged(context.channel.isWritable, now: .now())
    if context.channel.isWritable { call?.resume() }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  // MARK: From the loop

  func checkDeadline(now: NIODeadline) {
    switch state.expiry(now: now) {
    case .nothing: call?.checkDeadline(now: now)
    case .close: context?.close(promise: nil)
    case .answerRequestTimeout: answerEarly(.requestTimeout)
    case .upstreamTimeout: if let call { call.timedOut() } else { context?.close(promise: nil) }
    }
  }

  func drainBegan() {
    if state.phase != .idle { state.closeAfterResponse() }
  }

  func closeIfIdle() {
    if state.drain() { context?.close(promise: nil) }
  }

  func closeNow() {
    context?.close(promise: nil)
  }

  // MARK: Requests

  /// Whether input belongs to a request after the current one.
  private var mustWait: Bool { state.phase == .responding && state.requestIsComplete }

  /// Takes what has come in, as far as the requests before it are answered.
  private func takeInput() {
    // An answer that is given at once comes back here.
    guard !isTakingInput else { return }
    isTakingInput = true
    do {
      while !mustWait, state.phase != .lingering, let event = try parser.next() { accept(event) }
    } catch {
      refuseUnparsed(GatewayError(error))
    }
    isTakingInput = false
    if parser.hasInput { state.headBegan(now: .now()) }
    if readIsHeld, !mustWait {
      readIsHeld = false
      context?.read()
    }
  }

  private func accept(_ event: MessageParser.Event) {
    switch event {
    case .head(let head): accept(head)
    case .body(let piece): accept(piece)
    case .end:
      state.requestEnded(now: .now())
      perform()
    }
  }

  private func accept(_ head: MessageHead) {
    let now = NIODeadline.now()
    let fields = RequestFields(head)
    begin(head.method, requestID: fields.requestID, now: now)
    self.head = head
    speaksHTTP10 = head.version == .http10
    state.headReceived(
      keepAlive: head.keepsAlive && !fields.wantsUpgrade && head.method != .connect && !loop.isDraining, now: now)
    var contentLength = 0
    if case .length(let count) = head.framing { contentLength = count }
    intake = route(head, fields)
    switch intake {
    case .collect:
      if contentLength > snapshot.limits.maxBodyBytes {
        answerEarly(.bodyTooLarge(limit: snapshot.limits.maxBodyBytes))
      } else if fields.expectation == .continue, !speaksHTTP10 {
        output.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
        flush()
      }
    case .refuse(let error):
      // The client waits for a word before it sends the body, or has announced more than is worth reading.
      if fields.expectation != .none || contentLength > Self.maximumDiscard { answerEarly(error) }
    case .options: break
    }
  }

  private func begin(_ method: RequestMethod, requestID: String?, now: NIODeadline) {
    snapshot = loop.snapshot
    body = ByteBuffer()
    caller = .anybody
    discarded = 0
    isInFlight = true
    speaksHTTP10 = false
    omitsBody = method == .head
    loop.counters.inFlight += 1
    isOverload = loop.load.requests.enter() > snapshot.limits.maxConcurrentRequests
    record = AccessRecord(start: now)
    record.requestID = requestID ?? loop.random.identifier(prefix: "req_")
    record.method = method.rawValue
  }

  private func accept(_ piece: ByteBuffer) {
    state.bodyReceived(now: .now())
    guard case .collect = intake else {
      discarded += piece.readableBytes
      if discarded > Self.maximumDiscard, case .refuse(let error) = intake { answerEarly(error) }
      return
    }
    if body.readableBytes + piece.readableBytes > snapshot.limits.maxBodyBytes {
      answerEarly(.bodyTooLarge(limit: snapshot.limits.maxBodyBytes))
    } else if body.readableBytes == 0 {
      body = piece
    } else {
      body.writeImmutableBuffer(piece)
    }
  }

  /// Answers where no request was read and none can be: its bytes are not HTTP, or there are too many connections.
  private func refuseUnparsed(_ error: GatewayError) {
    let now = NIODeadline.now()
    switch state.phase {
    case .idle:
      begin(.other, requestID: nil, now: now)
      state.headReceived(keepAlive: false, now: now)
      answerEarly(error)
    case .receiving: answerEarly(error)
    case .responding, .lingering: break
    }
  }

  /// Answers although the request is not complete; the connection ends with it.
  private func answerEarly(_ error: GatewayError) {
    state.beginResponding(now: .now())
    fail(error)
  }

  // MARK: Answers

  /// Whether the client keeps up. Also says that the provider has sent something, and whether inside an event stream.
  func upstreamProgressed(inStream: Bool) -> Bool {
    if inStream { state.streamProgressed(now: .now()) }
    flush()
    return context?.channel.isWritable ?? true
  }

  /// Sends a whole answer.
  func respond(status: Int, fields: FieldLines, body: ByteBuffer, error: String? = nil) {
    beginResponse(status: status, fields: fields, length: body.readableBytes)
    writeBody(body)
    endResponse(error: error)
  }

  /// Sends an error; `fields` are what a provider sent with it, apart from those about its body.
  func fail(_ error: GatewayError, fields: FieldLines = FieldLines()) {
    var fields = fields
    let rendering = error.rendering
    fields.add("content-type", "application/json")
    if rendering.status == 401, rendering.label != "upstream_401" { fields.add("www-authenticate", "Bearer") }
    switch error {
    case .methodNotAllowed(let allow): fields.add("allow", allow)
    case .tooManyConnections, .tooManyRequests: fields.add("retry-after", "1")
    default: break
    }
    respond(status: rendering.status, fields: fields, body: ByteBuffer(bytes: error.body), error: rendering.label)
  }

  /// Begins an answer with its head; without a length the body's end is marked by chunks, or by closing for HTTP/1.0.
  func beginResponse(status: Int, fields: FieldLines, length: Int?) {
    isChunked = length == nil && !speaksHTTP10
    if loop.isDraining || length == nil && speaksHTTP10 { state.closeAfterResponse() }
    record.status = status
    var writer = MessageWriter(capacity: 256 + fields.bytes.count)
    writer.statusLine(status)
    writer.fields(fields)
    writer.field("x-request-id", record.requestID)
    writer.field("date", loop.httpDate())
    if let length {
      writer.field("content-length", String(length))
    } else if isChunked {
      writer.line("transfer-encoding: chunked")
    }
    if state.closes {
      writer.line("connection: close")
    } else if speaksHTTP10 {
      writer.line("connection: keep-alive")
    }
    writer.endHead()
    output.reserveCapacity(minimumWritableBytes: writer.bytes.count + min(length ?? 1024, Self.maximumCopy))
    output.writeBytes(writer.bytes)
  }

  /// Sends a piece of the body.
  func writeBody(_ piece: ByteBuffer) {
    let count = piece.readableBytes
    guard !omitsBody, count > 0 else { return }
    record.bodyBytes += count
    if isChunked { output.writeChunkSize(count) }
    if count <= Self.maximumCopy {
      output.writeImmutableBuffer(piece)
    } else {
      if output.readableBytes > 0 { context?.write(wrapOutboundOut(output), promise: nil) }
      output = ByteBuffer()
      context?.write(wrapOutboundOut(piece), promise: nil)
      hasUnflushed = true
    }
    if isChunked { output.writeChunkEnd() }
  }

  /// Ends the answer and goes on with the next request, or ends the connection.
  func endResponse(error: String? = nil) {
    call = nil
    head = nil
    record.error = error
    guard let context else { return }
    if isChunked, !omitsBody { output.writeLastChunk() }
    finishRecord(status: record.status)
    switch state.responseEnded(hasUnreadInput: parser.hasInput || readIsHeld, now: .now()) {
    case .nextRequest:
      if !isInRead { flush() }
      takeInput()
    case .close: endConnection(context, lingers: false)
    case .linger: endConnection(context, lingers: true)
    }
  }

  /// Breaks the connection in the middle of an answer.
  func abort(error: String) {
    call = nil
    record.error = error
    finishRecord(status: record.status)
    flush()
    context?.close(promise: nil)
  }

  private func endConnection(_ context: ChannelHandlerContext, lingers: Bool) {
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { _ in
      if lingers { context.close(mode: .output, promise: nil) } else { context.close(promise: nil) }
    }
    context.writeAndFlush(wrapOutboundOut(output), promise: promise)
    output = ByteBuffer()
    if readIsHeld {
      readIsHeld = false
      context.read()
    }
  }

  private func flush() {
    if output.readableBytes > 0 {
      context?.writeAndFlush(wrapOutboundOut(output), promise: nil)
      output = ByteBuffer()
    } else if hasUnflushed {
      context?.flush()
    }
    hasUnflushed = false
  }

  private func finishRecord(status: Int) {
    guard isInFlight else { return }
    isInFlight = false
    loop.counters.inFlight -= 1
    loop.load.requests.leave()
    loop.counters.bodyBytesSent += record.bodyBytes
    loop.counters.responses[min(status / 100, 5)] += 1
    if let error = record.error { loop.counters.errors[error, default: 0] += 1 }
    record.status = status
    loop.accessLog.write(record, now: .now())
  }
}
