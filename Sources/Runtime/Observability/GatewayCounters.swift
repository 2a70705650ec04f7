/// What one event loop has counted since the start. Each loop has its own; a reader adds them up.
public struct GatewayCounters: Equatable, Sendable {
  /// Connections from clients that were accepted.
  public internal(set) var connections = 0
  /// Connections from clients that are open now.
  public internal(set) var openConnections = 0
  /// Requests that were answered, whole or not, by the class of their status: index 2 counts 2xx.
  public internal(set) var responses = [Int](repeating: 0, count: 6)
  /// Requests in flight now.
  public internal(set) var inFlight = 0
  /// Requests whose client left before the answer was complete.
  public internal(set) var clientDisconnects = 0
  /// Failed requests by reason; the reasons are few.
  public internal(set) var errors: [String: Int] = [:]
  /// Calls to providers.
  public internal(set) var upstreamRequests = 0
  /// Connections to providers that were opened.
  public internal(set) var upstreamConnects = 0
  /// Calls that found an unused connection.
  public internal(set) var upstreamReused = 0
  /// Calls made again because the unused connection turned out to be closed.
  public internal(set) var upstreamRetries = 0
  /// Calls that failed without an answer or in the middle of one.
  public internal(set) var upstreamFailures = 0
  /// Calls given up because the client left.
  public internal(set) var upstreamCancelled = 0
  /// Bytes of answers sent to clients, heads apart.
  public internal(set) var bodyBytesSent = 0

  /// All zero.
  public init() {}

  /// Adds what another loop has counted.
  public static func += (left: inout GatewayCounters, right: GatewayCounters) {
    left.connections += right.connections
    left.openConnections += right.openConnections
    for index in left.responses.indices { left.responses[index] += right.responses[index] }
    left.inFlight += right.inFlight
    left.clientDisconnects += right.clientDisconnects
    left.errors.merge(right.errors, uniquingKeysWith: +)
    left.upstreamRequests += right.upstreamRequests
    left.upstreamConnects += right.upstreamConnects
    left.upstreamReused += right.upstreamReused
    left.upstreamRetries += right.upstreamRetries
    left.upstreamFailures += right.upstreamFailures
    left.upstreamCancelled += right.upstreamCancelled
    left.bodyBytesSent += right.bodyBytesSent
  }
}
