/// Durations as Vault writes them: a number of seconds, or text such as `90s`, `1h30m` or `7d`.
public enum VaultDuration {
  /// Reads text as Vault does: digits alone are seconds, `d` stands for days, otherwise Go's notation (`300ms`,
  /// `-1.5h`, `2h45m`). Empty text is zero. `nil` for anything else, and past 292 years, where Go's durations end.
  public static func parse(_ text: String) -> Duration? {
    if text.isEmpty { return .zero }
    if let seconds = Int64(text) { return self.seconds(seconds) }
    if text.hasSuffix("d"), let days = Int64(text.dropLast()) {
      let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
      return overflow ? nil : self.seconds(seconds)
    }
    return parseUnits(text)
  }

  /// A number of seconds; `nil` past 292 years.
  public static func seconds(_ count: Int64) -> Duration? {
    count.multipliedReportingOverflow(by: 1_000_000_000).overflow ? nil : .seconds(count)
  }

  /// The shortest text with one unit that is read back as this duration, such as `90s` or `1h`. Rounded down to
  /// nanoseconds.
  public static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = attoseconds / 1_000_000_000
    if nanoseconds != 0 {
      let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
      let total = overflow ? whole : whole &+ nanoseconds
      if total % 1_000_000 == 0 { return "\(total / 1_000_000)ms" }
      return total % 1000 == 0 ? "\(total / 1000)us" : "\(total)ns"
    }
    if seconds == 0 { return "0s" }
    if seconds % 3600 == 0 { return "\(seconds / 3600)h" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }

  private static let units: [String: Double] = [
    "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
  ]

  private static func parseUnits(_ text: String) -> Duration? {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var nanoseconds = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0 == "." || ($0.isASCII && $0.isNumber) }
      rest = rest[digits.endIndex...]
      let unit = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
      rest = rest[unit.endIndex...]
      guard let factor = units[String(unit)], digits.contains(where: \.isNumber), let number = Double("0\(digits)")
      else { return nil }
      nanoseconds += number * factor
    }
    guard nanoseconds < 9.2e18 else { return nil }
    let total = Int64(nanoseconds + 0.5)
    return .nanoseconds(isNegative ? -total : total)
  }
}
