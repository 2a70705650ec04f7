import HTTP1
import NIOCore
import NIOSSL

/// A connection to a provider: it carries one call at a time and reads only as fast as the client does.
final class UpstreamConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  let origin: UpstreamOrigin
  private let pool: UpstreamPool
  private var parser = MessageParser(.responses, limits: MessageParser.Limits(headBytes: 128 << 10, fieldCount: 256))
  private var context: ChannelHandlerContext?
  private var call: UpstreamCall?
  private var keepsAlive = false
  /// Whether any byte of the answer has come. A provider that has sent half a head has begun with the request, which must
  /// then not be sent again.
  private var hasAnswered = false
  /// Whether an answer may come before all of the request is sent.
  private var mayBeUnsent = false
  /// Whether the socket is waited on: at most one read is asked for at a time.
  private var isReading = false

  init(origin: UpstreamOrigin, pool: UpstreamPool) {
    self.origin = origin
    self.pool = pool
  }

  /// Sends a request.
  func send(_ request: UpstreamRequest, for call: UpstreamCall) {
    guard let context, context.channel.isActive else {
      call.connectionFailed(.upstreamClosed, hasAnswered: false)
      return
    }
    self.call = call
    keepsAlive = false
    hasAnswered = false
    mayBeUnsent = !request.isSmall
    if let rest = request.rest {
      context.write(wrapOutboundOut(request.start), promise: nil)
      context.writeAndFlush(wrapOutboundOut(rest), promise: nil)
    } else {
      context.writeAndFlush(wrapOutboundOut(request.start), promise: nil)
    }
    resume()
  }

  /// Goes on reading after the client has caught up.
  func resume() {
    guard !isReading, let context else { return }
    isReading = true
    context.read()
  }

  /// Closes at once; whatever call it carries hears nothing more.
  func close() {
    call = nil
    context?.close(promise: nil)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard call != nil else {
      // Nobody asked: the provider is confused, or somebody speaks in its place.
      context.close(promise: nil)
      return
    }
    hasAnswered = true
    parser.feed(unwrapInboundIn(data))
    do {
      while let call, let event = try parser.next() { handle(event, for: call, context) }
    } catch {
      disconnected(.upstreamMalformed)
      context.close(promise: nil)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    // Without a call the read stays open: it is how an unused connection learns that the provider closed it.
    if call?.readCompleted() ?? true { resume() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    // The end of the connection may be what ends the answer. If it cuts one off, it is as closed as without one.
    if let call, let event = try? parser.finish() {
      handle(event, for: call, context)
    } else {
      disconnected(.upstreamClosed)
    }
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    disconnected(Self.failure(error))
    context.close(promise: nil)
  }

  private func handle(_ event: MessageParser.Event, for call: UpstreamCall, _ context: ChannelHandlerContext) {
    switch event {
    case .head(let head) where head.isInterim: break
    case .head(let head):
      keepsAlive = head.keepsAlive
      call.received(head)
    case .body(let piece): call.received(piece)
    case .end:
      self.call = nil
      if canBeUsedAgain(context) { call.release(self, to: pool) } else { context.close(promise: nil) }
      call.receivedEnd()
    }
  }

  /// An answer that overtook its request leaves the connection in the middle of that request, and bytes after an answer
  /// belong to a request that nobody made.
  private func canBeUsedAgain(_ context: ChannelHandlerContext) -> Bool {
    guard keepsAlive, !parser.hasInput, context.channel.isActive else { return false }
    return !mayBeUnsent || (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0 == 0
  }

  private static func failure(_ error: any Error) -> GatewayError {
    switch error {
    // The end of the connection, though not said within TLS.
    case NIOSSLError.uncleanShutdown: .upstreamClosed
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .upstreamUntrusted
    default: .upstreamClosed
    }
  }

  private func disconnected(_ failure: GatewayError) {
    if let call {
      self.call = nil
      call.connectionFailed(failure, hasAnswered: hasAnswered)
    } else {
      pool.remove(self)
    }
  }
}
