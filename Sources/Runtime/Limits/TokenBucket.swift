import NIOCore

/// An allowance that refills steadily: so many units a minute, of which as many may be used at once.
///
/// It may be overdrawn, because what a call has cost is known only afterwards; then it gives nothing until the debt is
/// paid off.
struct TokenBucket: Equatable, Sendable {
  /// The most there can be, and what comes in within a minute.
  let perMinute: Int
  private var level: Double
  private var filled: NIODeadline

  init(perMinute: Int, now: NIODeadline) {
    self.perMinute = perMinute
    level = Double(perMinute)
    filled = now
  }

  /// What there is, in whole units; negative for a debt.
  func available(now: NIODeadline) -> Int {
    Int(level(now: now).rounded(.down))
  }

  /// Takes units away, or puts back with a negative number.
  mutating func take(_ units: Int, now: NIODeadline) {
    level = min(Double(perMinute), level(now: now) - Double(units))
    filled = max(filled, now)
  }

  /// How long until there are so many units.
  func wait(for units: Int, now: NIODeadline) -> TimeAmount {
    let missing = Double(min(units, perMinute)) - level(now: now)
    return missing <= 0 ? .zero : .nanoseconds(Int64((missing * 60e9 / Double(perMinute)).rounded(.up)))
  }

  private func level(now: NIODeadline) -> Double {
    let elapsed = Double(max(0, (now - filled).nanoseconds))
    return min(Double(perMinute), level + elapsed * Double(perMinute) / 60e9)
  }
}
