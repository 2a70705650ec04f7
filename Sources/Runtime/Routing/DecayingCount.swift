import Glibc
import NIOCore

/// A count in which what happened long ago weighs less: after each half-life it is worth half.
struct DecayingCount: Equatable, Sendable {
  private var sum = 0.0
  private var counted = NIODeadline.uptimeNanoseconds(0)

  /// What the count is worth now.
  func value(now: NIODeadline, halfLife: TimeAmount) -> Double {
    sum * Self.remainder(of: now - counted, halfLife: halfLife)
  }

  /// Counts one more.
  mutating func increment(now: NIODeadline, halfLife: TimeAmount) {
    sum = value(now: now, halfLife: halfLife) + 1
    counted = now
  }

  /// The part that is left after a time.
  static func remainder(of time: TimeAmount, halfLife: TimeAmount) -> Double {
    guard time > .zero, halfLife > .zero else { return 1 }
    return exp2(-Double(time.nanoseconds) / Double(halfLife.nanoseconds))
  }
}
