import Glibc

/// The `Date` field (RFC 9110, 5.6.7), made at most once a second.
struct HTTPDate {
  private var second = -1
  private var text = ""

  /// The field value for a time in seconds since 1970.
  mutating func value(at second: Int) -> String {
    if second != self.second {
      self.second = second
      text = Self.format(second)
    }
    return text
  }

  private static func format(_ second: Int) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var time = time_t(second)
    var parts = tm()
    guard gmtime_r(&time, &parts) != nil else { return "Thu, 01 Jan 1970 00:00:00 GMT" }
    let day = two(parts.tm_mday)
    let clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    return
      "\(days[Int(parts.tm_wday) % 7]), \(day) \(months[Int(parts.tm_mon) % 12]) \(1900 + parts.tm_year) \(clock) GMT"
  }

  private static func two(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
