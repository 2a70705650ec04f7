import Logging
import NIOCore

/// Everything one event loop owns: its connections, its provider connections, its counters, its random numbers.
///
/// Only that loop touches it, so nothing here is locked, and a request finds all it needs without leaving the loop.
final class LoopState {
  let eventLoop: any EventLoop
  let logger: Logger
  let pool: UpstreamPool
  let wallClock: @Sendable () -> Int
  let load: GatewayLoad
  /// Read once by each request.
  private(set) var snapshot: GatewaySnapshot
  /// What is known of the targets of ``snapshot``.
  var health = HealthTable()
  /// What the clients' keys have used.
  let keys: KeyBook
  var counters = GatewayCounters()
  var metrics = RequestMetrics()
  var random: LoopRandom
  var accessLog: AccessLogWriter
  private(set) var isDraining = false
  private(set) var connections: [ClientConnection] = []
  private let resolution: TimeAmount
  private var isTicking = false
  private var date = HTTPDate()
  private var whenEmpty: EventLoopPromise<Int>?
  private var interruptedRequests = 0

  init(eventLoop: any EventLoop, snapshot: GatewaySnapshot, logger: Logger, seed: UInt64, environment: LoopEnvironment)
  {
    self.eventLoop = eventLoop
    self.snapshot = snapshot
    self.logger = logger
    pool = UpstreamPool(eventLoop: eventLoop)
    keys = KeyBook(eventLoop: eventLoop)
    random = LoopRandom(seed: seed)
    accessLog = AccessLogWriter(environment.accessLog, logger: logger)
    wallClock = environment.wallClock
    load = environment.load
    resolution = environment.timerResolution
  }

  /// Puts another snapshot in place; what is known of targets that stay is kept.
  func replace(_ snapshot: GatewaySnapshot) {
    health = HealthTable(snapshot.models, carryingOver: health, of: self.snapshot.models, now: .now())
    self.snapshot = snapshot
  }

  /// The `Date` field for now.
  func httpDate() -> String {
    date.value(at: wallClock())
  }

  /// Whether the connection is within the limit; one that is not must be told so and closed.
  func add(_ connection: ClientConnection) -> Bool {
    connection.slot = connections.count
    connections.append(connection)
    counters.connections += 1
    counters.openConnections += 1
    tickLater()
    return load.connections.enter() <= snapshot.limits.maxConnections
  }

  func remove(_ connection: ClientConnection) {
    guard connection.slot < connections.count, connections[connection.slot] === connection else { return }
    let last = connections.removeLast()
    if last !== connection {
      connections[connection.slot] = last
      last.slot = connection.slot
    }
    counters.openConnections -= 1
    load.connections.leave()
    finishDrainingIfEmpty()
  }

  /// From now on readiness says no, and a connection ends with its answer.
  func beginDraining() {
    isDraining = true
    for connection in connections { connection.drainBegan() }
  }

  /// Closes what rests between requests at once and the rest after the grace period. When the last connection is gone,
  /// the future says how many requests were cut off.
  func drain(grace: TimeAmount) -> EventLoopFuture<Int> {
    let promise = eventLoop.makePromise(of: Int.self)
    whenEmpty = promise
    let limit = eventLoop.assumeIsolated().scheduleTask(in: grace) {
      self.interruptedRequests = self.counters.inFlight
      for connection in Array(self.connections) { connection.closeNow() }
    }
    promise.futureResult.assumeIsolated().whenSuccess { _ in
      limit.cancel()
      self.pool.expire(before: .distantFuture)
      self.accessLog.flush()
    }
    // Closing takes a connection out of the array, so a copy is walked.
    for connection in Array(connections) { connection.closeIfIdle() }
    finishDrainingIfEmpty()
    return promise.futureResult
  }

  private func finishDrainingIfEmpty() {
    if connections.isEmpty, let promise = whenEmpty {
      whenEmpty = nil
      promise.succeed(interruptedRequests)
    }
  }

  /// One timer a loop looks at all deadlines. A timer a request would cost more to start and to stop than the request's
  /// own work, and a timeout that is late by the resolution hurts nobody.
  private func tickLater() {
    guard !isTicking else { return }
    isTicking = true
    eventLoop.assumeIsolated().scheduleTask(in: resolution) { self.tick() }
  }

  private func tick() {
    isTicking = false
    let now = NIODeadline.now()
    accessLog.flush()
    for connection in Array(connections) { connection.checkDeadline(now: now) }
    pool.expire(before: now - TimeAmount(snapshot.limits.upstreamKeepAlive))
    keys.tick(now: now)
    if !connections.isEmpty || pool.hasIdle || keys.isHolding { tickLater() }
  }
}

/// What a test puts in place of the machine's clock.
struct LoopEnvironment: Sendable {
  /// Seconds since 1970.
  var wallClock: @Sendable () -> Int
  /// Shared by the loops of one gateway.
  var load = GatewayLoad()
  /// Where lines about requests go.
  var accessLog = AccessLog.logger
  /// How often deadlines are looked at.
  var timerResolution = TimeAmount.milliseconds(100)
}

extension ConnectionState.Times {
  init(_ limits: GatewayLimits) {
    self.init(
      idle: TimeAmount(limits.idleTimeout), head: TimeAmount(limits.headTimeout),
      request: TimeAmount(limits.requestTimeout),
      streamIdle: TimeAmount(limits.streamIdleTimeout))
  }
}
