import NIOCore

/// How long a target has been taking lately, as a moving average that rises at once and falls slowly (the peak EWMA of
/// Finagle and Linkerd).
///
/// It falls without samples too, so that a target that was slow once is asked again after a while.
struct PeakLatency: Equatable, Sendable {
  /// After this time a sample weighs half.
  static let halfLife = TimeAmount.seconds(10)

  private var nanoseconds: Double?
  private var sampled = NIODeadline.uptimeNanoseconds(0)

  /// The average now, in nanoseconds; `nil` if nothing was ever measured.
  func value(now: NIODeadline) -> Double? {
    nanoseconds.map { $0 * DecayingCount.remainder(of: now - sampled, halfLife: Self.halfLife) }
  }

  /// Takes a measurement into account.
  mutating func add(_ sample: TimeAmount, now: NIODeadline) {
    let new = Double(max(0, sample.nanoseconds))
    if let old = nanoseconds, new < value(now: now) ?? 0 {
      let weight = DecayingCount.remainder(of: now - sampled, halfLife: Self.halfLife)
      nanoseconds = old * weight + new * (1 - weight)
    } else {
      nanoseconds = new
    }
    sampled = now
  }
}
