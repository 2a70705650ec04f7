import GatewaySpec
import Glibc

/// The day by the clock, in UTC, so that a run gives the same findings wherever it runs.
enum Today {
  static var date: CalendarDate {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    return CalendarDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
      ?? .placeholder
  }
}
