import NIOCore

/// How long to wait before a target that has failed is asked again.
struct Backoff: Equatable, Sendable {
  /// The wait before the first retry; each further one doubles it.
  var initial = TimeAmount.milliseconds(500)
  /// No wait is longer; a target that asks for more is not waited for.
  var maximum = TimeAmount.seconds(8)

  /// The wait before a retry, counted from 1: half of it is certain and half is chance, so that clients that failed
  /// together do not come back together.
  func delay(retry: Int, using random: inout some RandomNumberGenerator) -> TimeAmount {
    let ceiling = min(maximum.nanoseconds, Self.doubled(initial.nanoseconds, times: retry - 1))
    return .nanoseconds(ceiling / 2 + Int64.random(in: 0...max(0, ceiling - ceiling / 2), using: &random))
  }

  private static func doubled(_ value: Int64, times: Int) -> Int64 {
    guard times < 40 else { return .max }
    let (product, overflow) = value.multipliedReportingOverflow(by: 1 << Int64(max(0, times)))
    return overflow ? .max : product
  }
}
