import Glibc

/// How long a provider asks to be left alone, in all the ways in which it may say so.
enum RetryAfter {
  /// The longest time that is believed.
  static let maximum = Duration.seconds(24 * 60 * 60)

  /// Reads the fields of an answer.
  ///
  /// - Parameters:
  ///   - seconds: `retry-after`, in seconds or as a date (RFC 9110, section 10.2.3).
  ///   - milliseconds: `retry-after-ms` of OpenAI and Azure, more exact; it counts before the other.
  ///   - now: seconds since 1970.
  static func read(seconds: String?, milliseconds: String?, now: Int) -> Duration? {
    if let milliseconds, let number = Double(milliseconds), number >= 0 {
      return bounded(number / 1000)
    }
    guard let seconds else { return nil }
    if let number = Double(seconds), number >= 0 { return bounded(number) }
    return date(seconds).map { bounded(Double(max(0, $0 - now))) }
  }

  /// A delay as Gemini's errors give it, such as `17s` or `1.5s`.
  static func delay(_ text: String) -> Duration? {
    guard text.hasSuffix("s"), let number = Double(text.dropLast()), number >= 0 else { return nil }
    return bounded(number)
  }

  private static func bounded(_ seconds: Double) -> Duration {
    // `Double` reads "inf" and "nan" too.
    seconds.isNaN || seconds >= 86_400 ? maximum : .milliseconds(Int64((seconds * 1000).rounded(.up)))
  }

  /// Seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
  static func date(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), (1...31).contains(day),
      let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]), (1970...9999).contains(year)
    else { return nil }
    let time = words[4].split(separator: ":").compactMap { Int($0) }
    guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]), (0...60).contains(time[2]) else {
      return nil
    }
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month)
    parts.tm_mday = Int32(day)
    parts.tm_hour = Int32(time[0])
    parts.tm_min = Int32(time[1])
    parts.tm_sec = Int32(time[2])
    return Int(timegm(&parts))
  }
}
