import NIOCore

/// Why a key may not call now.
struct LimitRefusal: Equatable, Sendable {
  /// Which limit is reached.
  enum Limit: Equatable, Sendable {
    case requests(perMinute: Int)
    case tokens(perMinute: Int)
    case parallelRequests(Int)
    case budget
  }

  let limit: Limit
  /// How long until another call may succeed; `nil` if that is not known.
  let retryAfter: TimeAmount?
}
