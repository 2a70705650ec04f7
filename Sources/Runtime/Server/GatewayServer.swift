import Glibc
public import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// The running gateway: a listening socket, and event loops that each serve their share of the connections.
public final class GatewayServer: Sendable {
  /// How a shutdown went.
  public struct ShutdownOutcome: Equatable, Sendable {
    /// Requests that were cut off because the grace period had passed.
    public let interruptedRequests: Int
  }

  /// Where the gateway listens; with the port that the system chose if port 0 was asked for.
  public let address: ListenAddress

  private let group: MultiThreadedEventLoopGroup
  private let listener: any Channel
  private let loops: [NIOLoopBound<LoopState>]
  private let logger: Logger

  /// Starts listening. When this returns the gateway takes requests; when it throws, nothing is left running.
  ///
  /// - Parameters:
  ///   - snapshot: the configuration to begin with.
  ///   - eventLoops: how many threads serve; by default one a core.
  ///   - logger: gets what happens to the gateway itself.
  ///   - accessLog: where the line about each request goes.
  public static func start(
    _ snapshot: GatewaySnapshot, eventLoops: Int? = nil, logger: Logger, accessLog: AccessLog = .logger
  ) async throws(GatewayServerError) -> GatewayServer {
    let environment = LoopEnvironment(wallClock: { time(nil) }, accessLog: accessLog)
    return try await start(
      snapshot, eventLoops: eventLoops ?? System.coreCount, logger: logger, environment: environment)
  }

  static func start(
    _ snapshot: GatewaySnapshot, eventLoops: Int, logger: Logger, environment: LoopEnvironment
  ) async throws(GatewayServerError) -> GatewayServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, eventLoops))
    do {
      let tls = try makeTLSContext(for: snapshot)
      var loops: [NIOLoopBound<LoopState>] = []
      var books: [NIOLoopBound<KeyBook>] = []
      for eventLoop in group.makeIterator() {
        let seed = UInt64.random(in: .min ... .max)
        let (loop, book) = try await eventLoop.submit {
          let loop = LoopState(
            eventLoop: eventLoop, snapshot: snapshot, logger: logger, seed: seed, environment: environment)
          loop.pool.tls = tls
          return (NIOLoopBound(loop, eventLoop: eventLoop), NIOLoopBound(loop.keys, eventLoop: eventLoop))
        }.get()
        loops.append(loop)
        books.append(book)
      }
      for loop in loops { try await loop.eventLoop.submit { [books] in loop.value.keys.join(books) }.get() }
      let listener = try await bind(group, snapshot, loops)
      let port = listener.localAddress?.port ?? snapshot.listen.port
      return GatewayServer(
        address: ListenAddress(host: snapshot.listen.host, port: port), group: group, listener: listener, loops: loops,
        logger: logger)
    } catch {
      // The error that matters is the one that is about to be thrown.
      try? await group.shutdownGracefully()
      throw startError(error, snapshot.listen)
    }
  }

  private init(
    address: ListenAddress, group: MultiThreadedEventLoopGroup, listener: any Channel,
    loops: [NIOLoopBound<LoopState>], logger: Logger
  ) {
    self.address = address
    self.group = group
    self.listener = listener
    self.loops = loops
    self.logger = logger
  }

  /// Puts another configuration in place: requests that begin from now on use it, those in flight finish with theirs.
  ///
  /// The listening address stays what it was. If this throws, the old configuration stays too.
  public func replaceSnapshot(_ snapshot: GatewaySnapshot) async throws(GatewayServerError) {
    let tls = try Self.makeTLSContext(for: snapshot)
    await onEachLoop { loop in
      loop.pool.tls = tls ?? loop.pool.tls
      loop.replace(snapshot)
    }
  }

  /// What all loops have counted together.
  func counters() async -> GatewayCounters {
    var sum = GatewayCounters()
    for counters in await onEachLoop({ $0.counters }) { sum += counters }
    return sum
  }

  /// What all loops have measured together.
  func metrics() async -> RequestMetrics {
    var sum = RequestMetrics()
    for metrics in await onEachLoop({ $0.metrics }) { sum += metrics }
    return sum
  }

  /// Attempts at targets that are under way; for tests that nothing is left behind.
  func attemptsInFlight() async -> Int {
    await onEachLoop { loop in
      loop.snapshot.models.models.flatMap(\.targets).reduce(0) { $0 + loop.health[$1].inFlight }
    }.reduce(0, +)
  }

  /// What waits to be sent to clients, in bytes; for tests of back-pressure.
  func unsentBytes() async -> Int {
    await onEachLoop { loop in loop.connections.reduce(0) { $0 + $1.unsentBytes } }.reduce(0, +)
  }

  /// Ends the gateway without cutting off requests: readiness answers 503, nothing more is accepted and unused
  /// connections close, then requests in flight have as long as the snapshot's limits say.
  @discardableResult
  public func shutdown() async -> ShutdownOutcome {
    await shutdown(grace: nil)
  }

  /// Ends the gateway in times of the caller's choice.
  ///
  /// - Parameters:
  ///   - announcement: how long the gateway goes on accepting while readiness already says no, so that load balancers
  ///     can notice.
  ///   - grace: how long requests in flight may go on after that; `nil` for what the snapshot says.
  @discardableResult
  func shutdown(announcement: Duration = .zero, grace: Duration?) async -> ShutdownOutcome {
    let snapshotGrace = await onEachLoop { loop in
      loop.beginDraining()
      return loop.snapshot.limits.shutdownGrace
    }.first
    if announcement > .zero {
      // A cancelled wait means that somebody is in a hurry.
      try? await Task.sleep(for: announcement)
    }
    // It fails only if the listener is closed already.
    try? await listener.close()
    let grace = TimeAmount(grace ?? snapshotGrace ?? .zero)
    let interrupted = await withTaskGroup(of: Int.self) { tasks in
      for loop in loops {
        // It fails only if the loop is gone, and then nothing is left to interrupt.
        tasks.addTask { (try? await loop.eventLoop.flatSubmit { loop.value.drain(grace: grace) }.get()) ?? 0 }
      }
      return await tasks.reduce(0, +)
    }
    // Its only failure is a second shutdown.
    try? await group.shutdownGracefully()
    logger.notice("stopped", metadata: ["interrupted_requests": .stringConvertible(interrupted)])
    return ShutdownOutcome(interruptedRequests: interrupted)
  }

  @discardableResult
  private func onEachLoop<Result: Sendable>(_ body: @escaping @Sendable (LoopState) -> Result) async -> [Result] {
    var results: [Result] = []
    for loop in loops {
      // It fails only after the shutdown, when there is nothing left to ask.
      if let result = try? await loop.eventLoop.submit({ body(loop.value) }).get() { results.append(result) }
    }
    return results
  }

  private static func bind(
    _ group: MultiThreadedEventLoopGroup, _ snapshot: GatewaySnapshot, _ loops: [NIOLoopBound<LoopState>]
  ) async throws -> any Channel {
    let byEventLoop = Dictionary(uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
    return try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard let loop = byEventLoop[ObjectIdentifier(channel.eventLoop)]?.value else {
            throw ChannelError.inappropriateOperationForState
          }
          try channel.pipeline.syncOperations.addHandler(ClientConnection(loop: loop))
        }
      }
      .bind(host: snapshot.listen.host, port: snapshot.listen.port)
      .get()
  }

  private static func makeTLSContext(for snapshot: GatewaySnapshot) throws(GatewayServerError) -> NIOSSLContext? {
    let needsTLS = snapshot.models.models.contains { model in
      model.targets.contains { target in
        if case .openAICompatible(let endpoint) = target.provider { endpoint.origin.scheme == .https } else { false }
      }
    }
    guard needsTLS else { return nil }
    do {
      // The defaults: the system's trust roots, the certificate and the host name verified.
      return try NIOSSLContext(configuration: .makeClientConfiguration())
    } catch {
      throw GatewayServerError(kind: .tlsSetupFailed, message: "TLS cannot be set up: \(error)")
    }
  }

  private static func startError(_ error: any Error, _ listen: ListenAddress) -> GatewayServerError {
    if let error = error as? GatewayServerError { return error }
    let code = (error as? IOError)?.errnoCode
    return switch code {
    case EADDRINUSE:
      GatewayServerError(kind: .addressInUse, message: "cannot listen on \(listen): the address is already in use")
    case EACCES:
      GatewayServerError(kind: .permissionDenied, message: "cannot listen on \(listen): permission denied")
    case EADDRNOTAVAIL:
      GatewayServerError(
        kind: .addressNotAvailable, message: "cannot listen on \(listen): this machine does not have the address")
    default:
      GatewayServerError(kind: .listenFailed, message: "cannot listen on \(listen): \(error)")
    }
  }
}
