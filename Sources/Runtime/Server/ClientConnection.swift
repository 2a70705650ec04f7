import GatewaySpec
import NIOCore
import NIOHTTP1

/// A client's connection: it takes requests one after the other, answers each before it looks at the next, and holds
/// back the provider while the client is slow.
///
/// What to do when is in ``ConnectionState``; here are the sockets, and in `ClientConnection+Operations.swift` what each
/// request asks for.
final class ClientConnection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// Input that came while an earlier request was being answered.
  private enum Waiting {
    case part(HTTPServerRequestPart)
    case failure(GatewayError)
  }

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

  let loop: LoopState
  /// The place in the loop's list of connections.
  var slot = 0
  var snapshot: GatewaySnapshot
  var state: ConnectionState
  var head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")
  var body = ByteBuffer()
  var intake = Intake.refuse(.malformedRequest)
  var record = AccessRecord(start: .distantPast)
  var call: UpstreamCall?
  private var context: ChannelHandlerContext?
  private var waiting = CircularBuffer<Waiting>(initialCapacity: 0)
  private var discarded = 0
  private var readIsHeld = false
  private var isDelivering = false
  private var isInRead = false
  private var isInFlight = false
  private var isChunked = false

  init(loop: LoopState) {
    self.loop = loop
    snapshot = loop.snapshot
    state = ConnectionState(times: ConnectionState.Times(loop.snapshot.limits), now: .now())
  }

  var requestID: String { record.requestID }

  /// What waits to be sent, in bytes.
  var unsentBytes: Int { (try? context?.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0 }

  private var speaksHTTP10: Bool { head.version == .http1_0 }

  // MARK: From the channel

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    loop.add(self)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.context = nil
    waiting.removeAll()
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
    let part = unwrapInboundIn(data)
    if mustWait { waiting.append(.part(part)) } else { accept(part) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isInRead = false
    context.flush()
    context.fireChannelReadComplete()
  }

  /// While requests wait no more are read, so that a client cannot fill the memory with them.
  func read(context: ChannelHandlerContext) {
    if waiting.isEmpty { context.read() } else { readIsHeld = true }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    state.writabilityChanged(context.channel.isWritable, now: .now())
    if context.channel.isWritable { call?.resume() }
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError, context.channel.isActive else {
      context.close(promise: nil)
      return
    }
    let failure = (error as? HTTPParserError) == .headerOverflow ? GatewayError.headersTooLarge : .malformedRequest
    if mustWait { waiting.append(.failure(failure)) } else { refuseUnparsed(failure) }
  }

  // MARK: From the loop

  func checkDeadline(now: NIODeadline) {
    switch state.expiry(now: now) {
    case .nothing: break
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
  private var mustWait: Bool { !waiting.isEmpty || (state.phase == .responding && state.requestIsComplete) }

  private func accept(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head): if state.phase == .idle { accept(head) }
    case .body(let piece): if state.phase == .receiving { accept(piece) }
    case .end:
      let wasReceiving = state.phase == .receiving
      state.requestEnded(now: .now())
      if wasReceiving { perform() }
    }
  }

  private func accept(_ head: HTTPRequestHead) {
    let now = NIODeadline.now()
    let fields = RequestFields(head.headers)
    begin(head, fields, now: now)
    let keepsAlive = head.isKeepAlive && !fields.wantsUpgrade && head.method != .CONNECT && !loop.isDraining
    state.headReceived(keepAlive: keepsAlive, now: now)
    intake = route(head, fields)
    switch intake {
    case .collect:
      if let length = fields.contentLength, length > snapshot.limits.maxBodyBytes {
        answerEarly(.bodyTooLarge(limit: snapshot.limits.maxBodyBytes))
      } else if fields.expectation == .continue, !speaksHTTP10 {
        context?.writeAndFlush(wrapOutboundOut(.head(.init(version: .http1_1, status: .continue))), promise: nil)
      }
    case .refuse(let error):
      // The client waits for a word before it sends the body, or has announced more than is worth reading.
      if fields.expectation != .none || fields.contentLength ?? 0 > Self.maximumDiscard { answerEarly(error) }
    case .options: break
    }
  }

  private func begin(_ head: HTTPRequestHead, _ fields: RequestFields, now: NIODeadline) {
    self.head = head
    snapshot = loop.snapshot
    body = ByteBuffer()
    discarded = 0
    isInFlight = true
    loop.counters.inFlight += 1
    record = AccessRecord(start: now)
    record.requestID = fields.requestID ?? loop.random.identifier(prefix: "req_")
    record.method = head.method.rawValue
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

  /// Answers a request whose bytes are not HTTP: nothing after it can be read either.
  private func refuseUnparsed(_ error: GatewayError) {
    let now = NIODeadline.now()
    switch state.phase {
    case .idle:
      begin(HTTPRequestHead(version: .http1_1, method: .GET, uri: "/"), RequestFields([:]), now: now)
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

  /// Takes up what came in while the last request was being answered.
  private func deliverWaiting() {
    guard !isDelivering else { return }
    isDelivering = true
    while !waiting.isEmpty, !(state.phase == .responding && state.requestIsComplete), state.phase != .lingering {
      switch waiting.removeFirst() {
      case .part(let part): accept(part)
      case .failure(let error): refuseUnparsed(error)
      }
    }
    isDelivering = false
    if state.phase == .lingering { waiting.removeAll() }
    if waiting.isEmpty, readIsHeld {
      readIsHeld = false
      context?.read()
    }
  }

  // MARK: Answers

  /// Whether the client keeps up. Also says that the provider has sent something, and whether inside an event stream.
  func upstreamProgressed(inStream: Bool) -> Bool {
    if inStream { state.streamProgressed(now: .now()) }
    context?.flush()
    return context?.channel.isWritable ?? true
  }

  /// Sends a whole answer.
  func respond(status: Int, fields: HTTPHeaders, body: ByteBuffer, error: String? = nil) {
    beginResponse(status: status, fields: fields, length: body.readableBytes)
    writeBody(body)
    endResponse(error: error)
  }

  /// Sends an error; `fields` are what a provider sent with it.
  func fail(_ error: GatewayError, fields: HTTPHeaders = [:]) {
    var fields = fields
    let rendering = error.rendering
    fields.replaceOrAdd(name: "content-type", value: "application/json")
    fields.remove(name: "content-encoding")
    if rendering.status == 401, rendering.label != "upstream_401" {
      fields.add(name: "www-authenticate", value: "Bearer")
    }
    if case .methodNotAllowed(let allow) = error { fields.add(name: "allow", value: allow) }
    respond(status: rendering.status, fields: fields, body: ByteBuffer(bytes: error.body), error: rendering.label)
  }

  /// Sends the head; without a length the body's end is marked by chunks, or by closing for HTTP/1.0.
  func beginResponse(status: Int, fields: HTTPHeaders, length: Int?) {
    var fields = fields
    fields.add(name: "x-request-id", value: record.requestID)
    fields.add(name: "date", value: loop.httpDate())
    isChunked = length == nil && !speaksHTTP10
    if let length {
      fields.add(name: "content-length", value: String(length))
    } else if isChunked {
      fields.add(name: "transfer-encoding", value: "chunked")
    } else {
      state.closeAfterResponse()
    }
    if loop.isDraining { state.closeAfterResponse() }
    if state.closes {
      fields.add(name: "connection", value: "close")
    } else if speaksHTTP10 {
      fields.add(name: "connection", value: "keep-alive")
    }
    record.status = status
    // HTTP/1.0 clients are told that this is a 1.1 server, as RFC 9110, 2.5 has it; only the framing follows theirs.
    let response = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
    context?.write(wrapOutboundOut(.head(response)), promise: nil)
  }

  /// Sends a piece of the body.
  func writeBody(_ piece: ByteBuffer) {
    guard head.method != .HEAD, piece.readableBytes > 0 else { return }
    record.bodyBytes += piece.readableBytes
    context?.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil)
  }

  /// Ends the answer and goes on with the next request, or ends the connection.
  func endResponse(error: String? = nil) {
    call = nil
    record.error = error
    guard let context else { return }
    finishRecord(status: record.status)
    switch state.responseEnded(hasUnreadInput: !waiting.isEmpty || readIsHeld, now: .now()) {
    case .nextRequest:
      context.write(wrapOutboundOut(.end(nil)), promise: nil)
      if !isInRead { context.flush() }
      deliverWaiting()
    case .close: endConnection(context, lingers: false)
    case .linger: endConnection(context, lingers: true)
    }
  }

  /// Breaks the connection in the middle of an answer.
  func abort(error: String) {
    call = nil
    record.error = error
    finishRecord(status: record.status)
    context?.close(promise: nil)
  }

  private func endConnection(_ context: ChannelHandlerContext, lingers: Bool) {
    waiting.removeAll()
    let promise = context.eventLoop.makePromise(of: Void.self)
    promise.futureResult.assumeIsolated().whenComplete { _ in
      if lingers { context.close(mode: .output, promise: nil) } else { context.close(promise: nil) }
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
    if readIsHeld {
      readIsHeld = false
      context.read()
    }
  }

  private func finishRecord(status: Int) {
    guard isInFlight else { return }
    isInFlight = false
    loop.counters.inFlight -= 1
    loop.counters.bodyBytesSent += record.bodyBytes
    loop.counters.responses[min(status / 100, 5)] += 1
    if let error = record.error { loop.counters.errors[error, default: 0] += 1 }
    record.status = status
    record.log(to: loop.logger, now: .now())
  }
}
