import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// An OpenAI-compatible provider whose every byte a test decides.
final class FakeProvider: Sendable {
  /// A request as the provider got it.
  struct Request: Sendable {
    var head: HTTPRequestHead
    var body: String
    /// How many requests this connection has had, this one included.
    var ordinal: Int
  }

  /// What the provider does with a request, one after the other.
  enum Step: Sendable {
    /// Sends bytes as they are: head, chunk marks and all.
    case send(String)
    /// Waits until a test opens the gate.
    case wait(Gate)
    /// Waits for a time.
    case pause(TimeAmount)
    /// Sends so many bytes `x`, as fast as they are taken.
    case flood(Int)
    /// Closes the connection.
    case close
    /// Breaks the connection, which throws away what the other side has not read.
    case reset
  }

  /// What happened at the provider, in order.
  enum Event: Sendable {
    case connected, request(Request), closed
  }

  /// A door that a test opens.
  final class Gate: Sendable {
    private let promise: EventLoopPromise<Void>
    init() { promise = MultiThreadedEventLoopGroup.singleton.next().makePromise() }
    deinit { promise.succeed() }
    func open() { promise.succeed() }
    func whenOpen(on loop: any EventLoop, _ body: @escaping @Sendable () -> Void) {
      promise.futureResult.hop(to: loop).whenComplete { _ in body() }
    }
  }

  let port: Int
  private let channel: any Channel
  private let stream: AsyncStream<Event>

  init(_ script: @escaping @Sendable (Request) -> [Step]) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
    self.stream = stream
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(HTTPRequestDecoder()), Handler(script: script, events: continuation),
          ])
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  /// Events from here on; for one reader.
  func events() -> AsyncStream<Event>.Iterator { stream.makeAsyncIterator() }

  func stop() async throws { try await channel.close() }

  /// An answer with a length.
  static func json(_ body: String, status: String = "200 OK", fields: String = "") -> Step {
    .send(
      "HTTP/1.1 \(status)\r\ncontent-type: application/json\r\n\(fields)content-length: \(body.utf8.count)\r\n\r\n\(body)"
    )
  }

  /// The head of a streamed answer, to be followed by chunks.
  static let streamHead = Step.send(
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")

  /// A chunk of a streamed answer.
  static func chunk(_ text: String) -> Step {
    .send(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
  }

  /// The end of a streamed answer.
  static let streamEnd = Step.send("0\r\n\r\n")

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let script: @Sendable (Request) -> [Step]
    private let events: AsyncStream<Event>.Continuation
    private var request: Request?
    private var ordinal = 0
    private var steps: [Step] = []
    private var flood = 0

    init(script: @escaping @Sendable (Request) -> [Step], events: AsyncStream<Event>.Continuation) {
      self.script = script
      self.events = events
    }

    func channelActive(context: ChannelHandlerContext) { events.yield(.connected) }
    func channelInactive(context: ChannelHandlerContext) { events.yield(.closed) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head):
        ordinal += 1
        request = Request(head: head, body: "", ordinal: ordinal)
      case .body(let piece): request?.body += String(buffer: piece)
      case .end:
        guard let request else { return }
        events.yield(.request(request))
        steps = script(request)
        proceed(context)
      }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
      if flood > 0 { proceed(context) }
    }

    private func proceed(_ context: ChannelHandlerContext) {
      while flood > 0 {
        guard context.channel.isWritable else { return }
        let size = min(flood, 1 << 16)
        flood -= size
        context.writeAndFlush(
          wrapOutboundOut(ByteBuffer(repeating: UInt8(ascii: "x"), count: size)), promise: nil)
      }
      guard !steps.isEmpty else { return }
      switch steps.removeFirst() {
      case .send(let text):
        // The next step waits until this one is on the wire, so that pieces stay pieces.
        let bound = context.loopBound
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).assumeIsolated().whenSuccess {
          self.proceed(bound.value)
        }
      case .wait(let gate):
        let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        gate.whenOpen(on: context.eventLoop) { handler.value.0.proceed(handler.value.1) }
      case .pause(let time):
        let bound = context.loopBound
        context.eventLoop.assumeIsolated().scheduleTask(in: time) { self.proceed(bound.value) }
      case .flood(let count):
        flood = count
        proceed(context)
      case .close: context.close(promise: nil)
      case .reset:
        // Without time to linger, closing sends a reset.
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        context.close(promise: nil)
      }
    }
  }
}
