import NIOCore
import NIOHTTP1
import NIOSSL

/// The end of a provider connection's pipeline: it carries one call at a time and reads only as fast as the client does.
final class UpstreamConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  let origin: UpstreamOrigin
  private let pool: UpstreamPool
  private let watch: AnswerByteWatch
  private var context: ChannelHandlerContext?
  private var call: UpstreamCall?
  private var keepsAlive = false
  /// Whether the socket is waited on: at most one read is asked for at a time.
  private var isReading = false

  init(origin: UpstreamOrigin, pool: UpstreamPool, watch: AnswerByteWatch) {
    self.origin = origin
    self.pool = pool
    self.watch = watch
  }

  /// Sends a request. The body comes in pieces so that nothing is copied to put them together.
  func send(_ head: HTTPRequestHead, _ body: [ByteBuffer], for call: UpstreamCall) {
    guard let context, context.channel.isActive else {
      call.connectionFailed(.upstreamClosed, hasAnswered: false)
      return
    }
    self.call = call
    keepsAlive = false
    watch.hasSeenBytes = false
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    for piece in body { context.write(wrapOutboundOut(.body(.byteBuffer(piece))), promise: nil) }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
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
    guard let call else {
      // Nobody asked: the provider is confused, or somebody speaks in its place.
      context.close(promise: nil)
      return
    }
    switch unwrapInboundIn(data) {
    case .head(let head):
      keepsAlive = head.isKeepAlive
      call.received(head)
    case .body(let piece):
      call.received(piece)
    case .end:
      self.call = nil
      let unsent = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
      // An answer that overtook its request leaves the connection in the middle of that request.
      if keepsAlive, unsent == 0 {
        call.release(self, to: pool)
      } else {
        context.close(promise: nil)
      }
      call.receivedEnd()
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    // Without a call the read stays open: it is how an unused connection learns that the provider closed it.
    if call?.readCompleted() ?? true { resume() }
  }

  func channelInactive(context: ChannelHandlerContext) {
    disconnected(.upstreamClosed)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    disconnected(Self.failure(error))
    context.close(promise: nil)
  }

  private static func failure(_ error: any Error) -> GatewayError {
    switch error {
    case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError: .upstreamUntrusted
    case is HTTPParserError, is NIOHTTPDecoderError: .upstreamMalformed
    default: .upstreamClosed
    }
  }

  private func disconnected(_ failure: GatewayError) {
    if let call {
      self.call = nil
      call.connectionFailed(failure, hasAnswered: watch.hasSeenBytes)
    } else {
      pool.remove(self)
    }
  }
}
