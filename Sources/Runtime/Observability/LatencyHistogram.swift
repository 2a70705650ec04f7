/// How often something took how long: counts by upper bound, as Prometheus histograms have them.
struct LatencyHistogram: Equatable, Sendable {
  /// The upper bounds of the buckets, in nanoseconds; a last bucket without a bound follows.
  struct Buckets: Equatable, Sendable {
    let bounds: [Int64]

    /// Whole requests: from 5 ms to 10 minutes.
    static let requests = Buckets(
      milliseconds: [
        5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000,
      ])
    /// What the gateway itself adds: from 10 µs to 100 ms.
    static let overhead = Buckets(
      microseconds: [10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 100_000])

    private init(milliseconds: [Int64]) {
      bounds = milliseconds.map { $0 * 1_000_000 }
    }

    private init(microseconds: [Int64]) {
      bounds = microseconds.map { $0 * 1000 }
    }
  }

  let buckets: Buckets
  /// How many values fell into each bucket, not cumulated; one more than there are bounds.
  private(set) var counts: [Int]
  /// All values together, in nanoseconds.
  private(set) var sum: Int64 = 0

  init(_ buckets: Buckets) {
    self.buckets = buckets
    counts = [Int](repeating: 0, count: buckets.bounds.count + 1)
  }

  /// How many values there are.
  var count: Int { counts.reduce(0, +) }

  /// Counts a value, in nanoseconds. A clock that ran backwards counts as no time.
  mutating func record(_ nanoseconds: Int64) {
    let value = max(0, nanoseconds)
    var index = 0
    while index < buckets.bounds.count, value > buckets.bounds[index] { index += 1 }
    counts[index] += 1
    sum += value
  }

  /// Adds what another loop has counted in the same buckets.
  static func += (left: inout LatencyHistogram, right: LatencyHistogram) {
    for index in left.counts.indices { left.counts[index] += right.counts[index] }
    left.sum += right.sum
  }
}
