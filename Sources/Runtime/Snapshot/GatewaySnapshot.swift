public import GatewaySpec

/// Everything a request may need to know about the configuration, resolved and immutable.
///
/// An event loop holds one reference to it, a request reads that reference once. A reload makes a new snapshot; what is
/// in flight finishes with the one it began with.
public final class GatewaySnapshot: Sendable {
  /// Where the gateway listens.
  public let listen: ListenAddress
  /// Sizes and times that bound what a client or a provider can make the gateway do.
  public let limits: GatewayLimits
  /// Who may call the endpoints that need a key.
  public let access: GatewayAccess
  /// The models under their public names.
  public let models: ModelTable
  /// The routes, compiled from the endpoint table.
  public let routes: RouteTable

  /// Makes a snapshot from values that were validated before.
  ///
  /// - Parameters:
  ///   - listen: where the gateway listens.
  ///   - limits: sizes and times.
  ///   - access: who may call. There is no default, so that nobody opens a gateway by leaving something out.
  ///   - models: in the order in which `GET /v1/models` lists them.
  ///   - endpoints: what is served; an endpoint without an operation is not routed.
  public init(
    listen: ListenAddress, limits: GatewayLimits = GatewayLimits(), access: GatewayAccess, models: [PublicModel],
    endpoints: EndpointTable = .sluice
  ) {
    self.listen = listen
    self.limits = limits
    self.access = access
    self.models = ModelTable(models)
    self.routes = RouteTable(endpoints)
  }
}

/// A host name or IP address and a TCP port.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// A name or an address of this machine, such as `0.0.0.0` or `::`.
  public let host: String
  /// 0 to 65535; 0 lets the system choose.
  public let port: Int

  /// Names an address.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// `host:port`, with an IPv6 address in brackets.
  public var description: String {
    host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}

/// Who may call the endpoints that need a key.
public enum GatewayAccess: Sendable {
  /// Anybody who reaches the port: a laptop without a key.
  case open
  /// A caller who shows one of these keys.
  case keys(KeyTable)

  /// A caller who shows this key, and nobody else.
  public static func masterKey(_ key: SecretValue) -> GatewayAccess { .keys(KeyTable(master: key)) }
}

/// Sizes and times that bound what a client or a provider can make the gateway do.
public struct GatewayLimits: Sendable {
  /// The largest request body, in bytes; more is answered 413.
  public var maxBodyBytes: Int
  /// All header fields of a request together, in bytes; more is answered 431.
  public var maxHeaderBytes: Int
  /// How many clients may be connected, over all event loops; one more is answered 503.
  public var maxConnections: Int
  /// How many requests may be in work, over all event loops; one more is answered 503, unless it needs no key.
  public var maxConcurrentRequests: Int
  /// How long a head may take from its first byte on.
  public var headTimeout: Duration
  /// How long a connection may rest between requests, and a client may be silent inside a body or leave a full send buffer
  /// unread.
  public var idleTimeout: Duration
  /// From the complete request to the complete answer, or to the head of an event stream. Later is answered 504, or the
  /// connection is cut if a part has gone out. While the client does not read, this clock stands still.
  public var requestTimeout: Duration
  /// The longest silence of a provider inside an event stream.
  public var streamIdleTimeout: Duration
  /// How long connecting to a provider may take, TLS apart.
  public var connectTimeout: Duration
  /// How long an unused connection to a provider is kept for the next request.
  public var upstreamKeepAlive: Duration
  /// How many unused connections to one provider an event loop keeps.
  public var upstreamIdleConnections: Int
  /// How long requests in flight may go on after a shutdown began.
  public var shutdownGrace: Duration

  /// Bounds that suit a laptop and a pod alike.
  public init(
    maxBodyBytes: Int = 20 << 20, maxHeaderBytes: Int = 64 << 10, maxConnections: Int = 16_384,
    maxConcurrentRequests: Int = 16_384, headTimeout: Duration = .seconds(15), idleTimeout: Duration = .seconds(75),
    requestTimeout: Duration = .seconds(600), streamIdleTimeout: Duration = .seconds(120),
    connectTimeout: Duration = .seconds(5), upstreamKeepAlive: Duration = .seconds(55),
    upstreamIdleConnections: Int = 256, shutdownGrace: Duration = .seconds(90)
  ) {
    self.maxBodyBytes = maxBodyBytes
    self.maxHeaderBytes = maxHeaderBytes
    self.maxConnections = maxConnections
    self.maxConcurrentRequests = maxConcurrentRequests
    self.headTimeout = headTimeout
    self.idleTimeout = idleTimeout
    self.requestTimeout = requestTimeout
    self.streamIdleTimeout = streamIdleTimeout
    self.connectTimeout = connectTimeout
    self.upstreamKeepAlive = upstreamKeepAlive
    self.upstreamIdleConnections = upstreamIdleConnections
    self.shutdownGrace = shutdownGrace
  }
}
