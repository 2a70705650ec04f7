import NIOCore
import NIOPosix
import NIOSSL

/// One event loop's connections to providers. Nothing in it is shared with another loop.
final class UpstreamPool {
  private let eventLoop: any EventLoop
  private var idle: [UpstreamOrigin: IdleStack<UpstreamConnection>] = [:]
  /// What TLS connections are made with; `nil` while no provider needs TLS.
  var tls: NIOSSLContext?

  init(eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  /// An unused connection, if there is one.
  func take(_ origin: UpstreamOrigin) -> UpstreamConnection? {
    idle[origin]?.take()
  }

  /// Keeps a connection for the next request, or closes it if there are enough.
  func put(_ connection: UpstreamConnection, now: NIODeadline, limit: Int) {
    if !idle[connection.origin, default: IdleStack()].put(connection, now: now, limit: limit) { connection.close() }
  }

  /// Forgets a connection that was closed while unused.
  func remove(_ connection: UpstreamConnection) {
    idle[connection.origin]?.remove { $0 === connection }
    if idle[connection.origin]?.count == 0 { idle[connection.origin] = nil }
  }

  /// Whether any connection is unused.
  var hasIdle: Bool { !idle.isEmpty }

  /// Closes what has not been used since before `limit`.
  func expire(before limit: NIODeadline) {
    for origin in idle.keys {
      let expired = idle[origin]?.expire(before: limit) ?? []
      if idle[origin]?.count == 0 { idle[origin] = nil }
      for connection in expired { connection.close() }
    }
  }

  /// Opens a connection on this loop.
  func connect(_ origin: UpstreamOrigin, timeout: TimeAmount) -> EventLoopFuture<UpstreamConnection> {
    let pool = NIOLoopBound(self, eventLoop: eventLoop)
    return ClientBootstrap(group: eventLoop)
      .connectTimeout(timeout)
      .channelOption(.autoRead, value: false)
      .channelOption(.socketOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try pool.value.configure(channel, origin) }
      }
      .connect(host: origin.host, port: origin.port)
      .flatMapThrowing { try $0.pipeline.syncOperations.handler(type: UpstreamConnection.self) }
  }

  private func configure(_ channel: any Channel, _ origin: UpstreamOrigin) throws {
    let pipeline = channel.pipeline.syncOperations
    if origin.scheme == .https {
      guard let tls else { throw ChannelError.inappropriateOperationForState }
      // An address has no place in SNI; NIOSSL then verifies it against the certificate's addresses.
      let isAddress = (try? SocketAddress(ipAddress: origin.host, port: origin.port)) != nil
      try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : origin.host))
    }
    try pipeline.addHandler(UpstreamConnection(origin: origin, pool: self))
  }
}
