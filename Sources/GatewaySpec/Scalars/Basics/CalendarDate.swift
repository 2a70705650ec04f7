/// A day of the Gregorian calendar, written YYYY-MM-DD (ISO 8601), from year 1 to 9999.
public struct CalendarDate: DiagnosedScalar, Comparable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to 31, at most as many as the month has.
  public let day: Int

  /// The day, or nil when the calendar has none such.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year) else {
      return nil
    }
    self.init(checkedYear: year, month, day)
  }

  private init(checkedYear year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Days since 1970-01-01; negative before.
  public var daysSinceEpoch: Int {
    // Years start in March, so that the leap day is the last of its year.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }

  /// How many days a month has.
  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The canonical text.
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  static let scalarKind = ScalarKind<CalendarDate>(
    "a date", samples: ["2026-07-01", "2027-12-31"], placeholder: CalendarDate(checkedYear: 1970, 1, 1),
    schema: ScalarSchema(pattern: "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for index in range {
        guard bytes[index].isASCIIDigit else { return nil }
        value = value * 10 + Int(bytes[index] & 0x0F)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  static func explain(_ text: String) -> ScalarMistake {
    let parts = text.split(omittingEmptySubsequences: false) { "-/.".contains($0) }
    let numbers = parts.compactMap { $0.utf8.count <= 4 ? Int.read(String($0.drop { $0 == "0" })) : nil }
    guard numbers.count == 3, let first = parts.first, let last = parts.last else {
      if text.utf8.count > 10, let date = read(String(text.prefix(10))) {
        return mistake(text, "it has a time", write: date.description)
      }
      return mistake(text, "it is not year, month and day", help: "write the date as YYYY-MM-DD")
    }
    if first.utf8.count == 4 {
      if let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2]) {
        return mistake(text, "dates are written YYYY-MM-DD", write: date.description, isSafe: true)
      }
      return mistake(text, fault(numbers[0], numbers[1], numbers[2]))
    }
    // With a dot between them the day comes first; with a slash nobody can know.
    if last.utf8.count == 4, text.contains("."),
      let date = CalendarDate(year: numbers[2], month: numbers[1], day: numbers[0])
    {
      return mistake(text, "dates are written YYYY-MM-DD", write: date.description)
    }
    return mistake(text, "dates are written YYYY-MM-DD", help: "write the date as YYYY-MM-DD")
  }

  private static func fault(_ year: Int, _ month: Int, _ day: Int) -> String {
    if !(1...9999).contains(year) { return "years go from 1 to 9999" }
    if !(1...12).contains(month) { return "there is no month \(month)" }
    return "month \(month) of \(year) has \(days(in: month, of: year)) days"
  }
}
