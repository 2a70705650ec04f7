import NIOCore

/// The field that says how long a request may still take, in milliseconds: clients and gateways before this one may send
/// it, and every provider gets it, so that a gateway behind this one does not work for nobody.
enum DeadlineField {
  static let name: StaticString = "x-sluice-timeout-ms"

  /// The time that a value allows; `nil` if it says nothing usable.
  static func parse(_ value: String) -> TimeAmount? {
    guard let milliseconds = Int64(value), (0...86_400_000).contains(milliseconds) else { return nil }
    return .milliseconds(milliseconds)
  }

  /// The value for a time that is left; part of a millisecond counts as none.
  static func value(_ left: TimeAmount) -> Int {
    Int(max(0, left.nanoseconds / 1_000_000))
  }
}
