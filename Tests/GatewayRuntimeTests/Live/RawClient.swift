import Glibc
import NIOCore
import NIOPosix
import Testing

/// A client that sends the bytes it is told to and reads answers when it is told to.
final class RawClient: Sendable {
  struct Response {
    var status: Int
    var fields: [(name: String, value: String)]
    var body: String

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
  }

  struct UnexpectedEnd: Error {
    let received: String
  }

  private let channel: any Channel
  private let handler: NIOLoopBound<Handler>

  init(port: Int, receiveBuffer: Int? = nil) async throws {
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: false)
      .channelOption(.allowRemoteHalfClosure, value: true)
    if let receiveBuffer { bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: receiveBuffer) }
    let channel =
      try await bootstrap
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler()) }
      }
      .connect(host: "127.0.0.1", port: port).get()
    self.channel = channel
    handler = try await channel.eventLoop.submit {
      NIOLoopBound(try channel.pipeline.syncOperations.handler(type: Handler.self), eventLoop: channel.eventLoop)
    }.get()
  }

  func send(_ text: String) async throws {
    try await channel.writeAndFlush(ByteBuffer(string: text))
  }

  /// Ends the connection; with a reset it throws away what is on the way.
  func close(reset: Bool = false) async throws {
    if reset {
      try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    try await channel.close()
  }

  /// Reads until there is a whole answer, and leaves what follows it for the next call.
  func response(toHead: Bool = false) async throws -> Response {
    let text = try await read { Self.responseLength(String(buffer: $0), toHead: toHead) }
    return Self.parse(text)
  }

  /// Reads until the text is there.
  func read(until mark: String) async throws -> String {
    try await read { received in
      let text = String(buffer: received)
      return text.range(of: mark).map { text.utf8.distance(from: text.startIndex, to: $0.upperBound) }
    }
  }

  /// Reads until so many bytes are there; only their number is of interest.
  func read(count: Int) async throws {
    _ = try await read { $0.readableBytes >= count ? count : nil }
  }

  /// Reads to the end of the connection.
  func readToEnd() async throws -> String {
    do {
      _ = try await read { _ in nil }
      return ""
    } catch let end as UnexpectedEnd {
      return end.received
    }
  }

  private func read(_ length: @escaping @Sendable (ByteBuffer) -> Int?) async throws -> String {
    try await channel.eventLoop.flatSubmit { self.handler.value.read(length) }.get()
  }

  private static func responseLength(_ text: String, toHead: Bool) -> Int? {
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let head = text.utf8.distance(from: text.startIndex, to: end.upperBound)
    let parsed = parse(String(text[..<end.upperBound]))
    if toHead { return head }
    if parsed["transfer-encoding"] == "chunked" {
      return text.range(of: "0\r\n\r\n", from: end.upperBound).map {
        text.utf8.distance(from: text.startIndex, to: $0.upperBound)
      }
    }
    let total = head + (parsed["content-length"].flatMap { Int($0) } ?? 0)
    return text.utf8.count >= total ? total : nil
  }

  private static func parse(_ text: String) -> Response {
    guard let end = text.range(of: "\r\n\r\n") else { return Response(status: 0, fields: [], body: text) }
    var lines = text[..<end.lowerBound].split(separator: "\r\n")
    let status = lines.removeFirst().split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    let fields = lines.map { line in
      let parts = line.split(separator: ":", maxSplits: 1)
      return (name: parts[0].lowercased(), value: String(parts.count > 1 ? parts[1].dropFirst() : ""))
    }
    var body = String(text[end.upperBound...])
    if fields.contains(where: { $0.name == "transfer-encoding" }) { body = dechunk(body) }
    return Response(status: status, fields: fields, body: body)
  }

  private static func dechunk(_ text: String) -> String {
    var rest = Array(text.utf8)[...]
    var body: [UInt8] = []
    while let lineEnd = rest.firstIndex(of: UInt8(ascii: "\r")),
      let size = Int(String(decoding: rest[..<lineEnd], as: UTF8.self), radix: 16), size > 0
    {
      let start = lineEnd + 2
      guard start + size + 2 <= rest.endIndex else { break }
      body += rest[start..<start + size]
      rest = rest[(start + size + 2)...]
    }
    return String(decoding: body, as: UTF8.self)
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private var context: ChannelHandlerContext?
    private var received = ByteBuffer()
    private var waiter: (length: (ByteBuffer) -> Int?, promise: EventLoopPromise<String>)?
    private var isEnded = false

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func read(_ length: @escaping (ByteBuffer) -> Int?) -> EventLoopFuture<String> {
      guard let context else {
        return MultiThreadedEventLoopGroup.singleton.next().makeFailedFuture(ChannelError.ioOnClosedChannel)
      }
      let promise = context.eventLoop.makePromise(of: String.self)
      waiter = (length, promise)
      check()
      if waiter != nil { context.read() }
      return promise.futureResult
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      received.writeImmutableBuffer(unwrapInboundIn(data))
    }

    func channelReadComplete(context: ChannelHandlerContext) {
      check()
      if waiter != nil { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if event as? ChannelEvent == .inputClosed { end() }
    }

    func channelInactive(context: ChannelHandlerContext) { end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      end()
      context.close(promise: nil)
    }

    private func end() {
      isEnded = true
      check()
    }

    private func check() {
      guard let waiter else { return }
      // UTF-8 is cut only at ends of what was received, and tests ask for ASCII marks.
      if let length = waiter.length(received), let text = received.readString(length: length) {
        self.waiter = nil
        waiter.promise.succeed(text)
      } else if isEnded {
        self.waiter = nil
        waiter.promise.fail(UnexpectedEnd(received: received.readString(length: received.readableBytes) ?? ""))
      }
    }
  }
}

extension String {
  /// The first place of a text, at or after an index.
  func range(of text: String, from start: String.Index? = nil) -> Range<String.Index>? {
    self[(start ?? startIndex)...].firstRange(of: text)
  }
}
