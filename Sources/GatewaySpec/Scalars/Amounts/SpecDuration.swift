/// A length of time, such as `40s`, `1h30m` or `30d`: whole milliseconds, never negative, at most about 292 years (what Go
/// and with it Kubernetes and Vault can hold).
public struct SpecDuration: DiagnosedScalar, Comparable {
  /// The length in milliseconds, 0 to ``maximum``.
  public let milliseconds: Int64

  /// The longest there is: 2^63-1 nanoseconds, the largest `time.Duration` of Go.
  public static let maximum = SpecDuration(milliseconds: Int64.max / 1_000_000)
  /// No time at all.
  public static let zero = SpecDuration(milliseconds: 0)

  /// Makes a duration; what lies outside is brought to the nearest end of the range.
  public init(milliseconds: Int64) {
    self.milliseconds = min(max(0, milliseconds), Int64.max / 1_000_000)
  }

  private init(_ count: Int64, of unit: Unit) {
    let (product, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
    self.init(milliseconds: overflow ? (count < 0 ? 0 : Int64.max) : product)
  }

  /// A number of milliseconds.
  public static func milliseconds(_ count: Int64) -> Self { Self(milliseconds: count) }
  /// A number of seconds.
  public static func seconds(_ count: Int64) -> Self { Self(count, of: .second) }
  /// A number of minutes.
  public static func minutes(_ count: Int64) -> Self { Self(count, of: .minute) }
  /// A number of hours.
  public static func hours(_ count: Int64) -> Self { Self(count, of: .hour) }
  /// A number of days of 24 hours.
  public static func days(_ count: Int64) -> Self { Self(count, of: .day) }

  /// The length in seconds.
  public var seconds: Double { Double(milliseconds) / 1000 }
  /// The length in whole seconds, a part of one counting as one: for fields of Kubernetes that take seconds.
  public var secondsRoundedUp: Int64 { milliseconds / 1000 + (milliseconds % 1000 == 0 ? 0 : 1) }
  /// Whether it is a whole number of seconds.
  public var isWholeSeconds: Bool { milliseconds % 1000 == 0 }
  /// The same length as a duration of the standard library.
  public var duration: Duration { .milliseconds(milliseconds) }

  /// The sum, at most ``maximum``.
  public static func + (left: Self, right: Self) -> Self {
    // Neither is above a millionth of the largest Int64.
    Self(milliseconds: left.milliseconds + right.milliseconds)
  }

  /// The difference, never below zero.
  public static func - (left: Self, right: Self) -> Self {
    Self(milliseconds: left.milliseconds - right.milliseconds)
  }

  /// The multiple, at most ``maximum`` and never below zero.
  public static func * (left: Self, factor: Int) -> Self {
    let (product, overflow) = left.milliseconds.multipliedReportingOverflow(by: Int64(factor))
    return Self(milliseconds: overflow ? (factor < 0 ? 0 : Int64.max) : product)
  }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

  static let scalarKind = ScalarKind<SpecDuration>(
    "a duration", samples: ["40s", "1h30m", "30d"], placeholder: SpecDuration.zero,
    schema: ScalarSchema(pattern: pattern, maximumLength: 64))

  private static let pattern =
    "^(?=.)" + ["w", "d", "h", "m", "s", "ms"].map { "([0-9]+(\\.[0-9]+)?\($0))?" }.joined() + "$"
}

extension SpecDuration {
  /// A unit that durations are written in.
  enum Unit: Int, CaseIterable {
    case week, day, hour, minute, second, millisecond

    var milliseconds: Int64 {
      switch self {
      case .week: 604_800_000
      case .day: 86_400_000
      case .hour: 3_600_000
      case .minute: 60_000
      case .second: 1000
      case .millisecond: 1
      }
    }

    var symbol: String {
      switch self {
      case .week: "w"
      case .day: "d"
      case .hour: "h"
      case .minute: "m"
      case .second: "s"
      case .millisecond: "ms"
      }
    }
  }

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
    var total: Int64 = 0
    var previous: Unit?
    var index = 0
    while index < bytes.count {
      guard let number = Decimal(bytes, &index), let unit = unit(bytes, &index) else { return nil }
      // The largest first, each at most once.
      if let previous, unit.rawValue <= previous.rawValue { return nil }
      previous = unit
      guard let part = number.times(unit.milliseconds) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { return nil }
      total = sum
    }
    return total <= maximum.milliseconds ? Self(milliseconds: total) : nil
  }

  private static func unit(_ bytes: Span<UInt8>, _ index: inout Int) -> Unit? {
    guard index < bytes.count else { return nil }
    let letter = bytes[index]
    index += 1
    switch letter {
    case UInt8(ascii: "w"): return .week
    case UInt8(ascii: "d"): return .day
    case UInt8(ascii: "h"): return .hour
    case UInt8(ascii: "s"): return .second
    case UInt8(ascii: "m"):
      guard index < bytes.count, bytes[index] == UInt8(ascii: "s") else { return .minute }
      index += 1
      return .millisecond
    default: return nil
    }
  }

  /// A number with decimals: `digits` divided by a power of ten.
  private struct Decimal {
    var digits: Int64 = 0
    var divisor: Int64 = 1

    /// Reads digits, and behind a point more of them; nil when there are none or too many.
    init?(_ bytes: Span<UInt8>, _ index: inout Int) {
      let start = index
      var point: Int?
      while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x2E, point == nil, index > start {
          point = index
        } else if byte.isASCIIDigit {
          let (shifted, overflow) = digits.multipliedReportingOverflow(by: 10)
          let (sum, carry) = shifted.addingReportingOverflow(Int64(byte & 0x0F))
          if overflow || carry { return nil }
          digits = sum
          // At most as many digits as `digits` has taken, so that this fits when that did not overflow - but for zeros.
          if point != nil {
            guard divisor < Int64.max / 10 else { return nil }
            divisor *= 10
          }
        } else {
          break
        }
        index += 1
      }
      guard index > start, bytes[index - 1] != 0x2E else { return nil }
    }

    /// The product, nil when it is too large or not whole.
    func times(_ factor: Int64) -> Int64? {
      let (product, overflow) = digits.multipliedReportingOverflow(by: factor)
      guard !overflow, product % divisor == 0 else { return nil }
      return product / divisor
    }
  }
}
