/// What one event loop has counted since the start. Each loop has its own; a reader adds them up.
struct GatewayCounters: Equatable, Sendable {
  /// Connections from clients that were accepted.
  var connections = 0
  /// Connections from clients that are open now.
  var openConnections = 0
  /// Requests that were answered, whole or not, by the class of their status: index 2 counts 2xx.
  var responses = [Int](repeating: 0, count: 6)
  /// Requests in flight now.
  var inFlight = 0
  /// Requests whose client left before the answer was complete.
  var clientDisconnects = 0
  /// Failed requests by reason; the reasons are few.
  var errors: [String: Int] = [:]
  /// Calls to providers.
  var upstreamRequests = 0
  /// Connections to providers that were opened.
  var upstreamConnects = 0
  /// Calls that found an unused connection.
  var upstreamReused = 0
  /// Calls made again because the unused connection turned out to be closed.
  var upstreamRetries = 0
  /// Attempts after the first of a request, at the same model or at one that stands in for it.
  var retries = 0
  /// Waits before a target was asked again.
  var retryWaits = 0
  /// Requests that were answered, or at last refused, by another model than the one asked for.
  var fallbacks = 0
  /// Requests that a key's limits did not allow.
  var limited = 0
  /// Calls that failed without an answer or in the middle of one.
  var upstreamFailures = 0
  /// Calls given up because the client left.
  var upstreamCancelled = 0
  /// Bytes of answers sent to clients, heads apart.
  var bodyBytesSent = 0

  /// Adds what another loop has counted.
  static func += (left: inout GatewayCounters, right: GatewayCounters) {
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
    left.retries += right.retries
    left.retryWaits += right.retryWaits
    left.fallbacks += right.fallbacks
    left.limited += right.limited
    left.upstreamFailures += right.upstreamFailures
    left.upstreamCancelled += right.upstreamCancelled
    left.bodyBytesSent += right.bodyBytesSent
  }
}
