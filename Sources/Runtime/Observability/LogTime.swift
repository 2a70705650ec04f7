import Glibc

/// The time as logs write it: RFC 3339 in UTC with milliseconds. All but the milliseconds is formatted once a second.
struct LogTime {
  private var second = Int.min
  private var text: [UInt8] = []

  /// Appends the time of now.
  mutating func append(to line: inout [UInt8]) {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    if now.tv_sec != second {
      second = now.tv_sec
      text = Self.format(now.tv_sec)
    }
    line.append(contentsOf: text)
    let millisecond = now.tv_nsec / 1_000_000
    for digit in [millisecond / 100, millisecond / 10 % 10, millisecond % 10] {
      line.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    }
    line.append(UInt8(ascii: "Z"))
  }

  private static func format(_ second: Int) -> [UInt8] {
    var seconds = second
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return [] }
    func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    return Array("\(date)T\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec)).".utf8)
  }
}
