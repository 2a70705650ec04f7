extension Quantity: DiagnosedScalar {
  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard !bytes.isEmpty else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    var index = isNegative || bytes[0] == UInt8(ascii: "+") ? 1 : 0
    guard let number = Number(bytes, &index), let suffix = Suffix(bytes.extracting(index...)) else { return nil }
    guard let nanos = suffix.nanos(of: number) else { return nil }
    // Kubernetes gives up binary suffixes for what is less than one.
    let format = suffix.format == .binarySI && (1..<nanosPerUnit).contains(nanos) ? .decimalSI : suffix.format
    return Self(nanos: isNegative ? -nanos : nanos, format: format, text: text)
  }

  /// A decimal number: `digits` times a power of ten.
  struct Number {
    /// The digits that count, at most 38 of them.
    private(set) var digits: UInt128 = 0
    /// Minus the number of digits behind the point.
    private(set) var exponent = 0

    /// Reads digits with at most one point, somewhere among them. Nil when there is no digit or there are too many.
    init?(_ bytes: Span<UInt8>, _ index: inout Int) {
      var count = 0
      var point: Int?
      // Zeros wait until another digit follows, so that those at the end cost no precision.
      var zeros = 0
      while index < bytes.count {
        let byte = bytes[index]
        if byte == 0x2E, point == nil {
          point = index
        } else if byte.isASCIIDigit {
          count += 1
          if byte == 0x30, point != nil {
            zeros += 1
          } else {
            guard append(byte & 0x0F, after: zeros) else { return nil }
            if point != nil { exponent -= zeros + 1 }
            zeros = 0
          }
        } else {
          break
        }
        index += 1
      }
      guard count > 0 else { return nil }
    }

    private mutating func append(_ digit: UInt8, after zeros: Int) -> Bool {
      for _ in 0..<(digits == 0 ? 0 : zeros) {
        guard shift() else { return false }
      }
      guard shift() else { return false }
      digits += UInt128(digit)
      return true
    }

    private mutating func shift() -> Bool {
      // Ten times this and nine still fit.
      guard digits < UInt128.max / 10 else { return false }
      digits *= 10
      return true
    }
  }

  /// What stands behind the number.
  struct Suffix {
    private(set) var format = Format.decimalSI
    private var exponentOfTen = 0
    private var powerOfTwo: UInt128 = 1

    /// Reads a suffix; nil when the bytes are none.
    init?(_ bytes: Span<UInt8>) {
      guard !bytes.isEmpty else { return }
      let letter = bytes[0]
      switch bytes.count {
      case 1:
        guard let exponent = Self.exponent(of: letter) else { return nil }
        exponentOfTen = exponent
      case 2 where bytes[1] == UInt8(ascii: "i"):
        // `Ki` has a capital, unlike `k`; there are no binary fractions.
        guard letter != UInt8(ascii: "k") else { return nil }
        let decimal = letter == UInt8(ascii: "K") ? 3 : Self.exponent(of: letter) ?? 0
        guard decimal > 0 else { return nil }
        format = .binarySI
        powerOfTwo = 1 << UInt128(decimal / 3 * 10)
      default:
        guard letter | 0x20 == UInt8(ascii: "e"), let exponent = Self.exponent(bytes) else { return nil }
        format = .decimalExponent
        exponentOfTen = exponent
      }
    }

    private static func exponent(of letter: UInt8) -> Int? {
      switch letter {
      case UInt8(ascii: "n"): -9
      case UInt8(ascii: "u"): -6
      case UInt8(ascii: "m"): -3
      case UInt8(ascii: "k"): 3
      case UInt8(ascii: "M"): 6
      case UInt8(ascii: "G"): 9
      case UInt8(ascii: "T"): 12
      case UInt8(ascii: "P"): 15
      case UInt8(ascii: "E"): 18
      default: nil
      }
    }

    /// The number behind the `e`, with an optional sign.
    private static func exponent(_ bytes: Span<UInt8>) -> Int? {
      let isNegative = bytes[1] == UInt8(ascii: "-")
      let start = isNegative || bytes[1] == UInt8(ascii: "+") ? 2 : 1
      guard start < bytes.count else { return nil }
      var exponent = 0
      for index in start..<bytes.count {
        guard bytes[index].isASCIIDigit else { return nil }
        // Far beyond every amount already; the sign decides between nothing and too much.
        exponent = min(exponent * 10 + Int(bytes[index] & 0x0F), 100_000)
      }
      return isNegative ? -exponent : exponent
    }

    /// The largest binary amount, 2^63-1 units; Kubernetes brings what is larger down to it.
    private static let binaryCap = Int128(Int64.max) * nanosPerUnit
    /// Amounts from here on are refused, so that sums and multiples have room.
    private static let limit: Int128 = 1_000_000_000_000_000_000_000_000_000 * nanosPerUnit

    /// The amount in billionths, rounded up. Nil when it is too large.
    func nanos(of number: Number) -> Int128? {
      guard number.digits > 0 else { return 0 }
      let exponent = exponentOfTen + number.exponent + 9
      let nanos = WideNumber(powerOfTwo, times: number.digits).times(tenToThe: exponent)
      if format == .binarySI { return min(nanos.map { Int128(clamping: $0) } ?? .max, Self.binaryCap) }
      guard let nanos, nanos < Self.limit else { return nil }
      return Int128(nanos)
    }
  }
}

/// A whole number of 256 bits, which holds the product of every number and every suffix.
private struct WideNumber {
  let high: UInt128
  let low: UInt128

  init(_ left: UInt128, times right: UInt128) {
    (high, low) = left.multipliedFullWidth(by: right)
  }

  /// The product with a power of ten, rounded up; nil when 128 bits do not hold it.
  func times(tenToThe exponent: Int) -> UInt128? {
    if exponent >= 0 {
      guard high == 0, exponent < Self.powersOfTen.count else { return nil }
      let (product, overflow) = low.multipliedReportingOverflow(by: Self.powersOfTen[exponent])
      return overflow ? nil : product
    }
    let divisor = Self.powersOfTen[min(-exponent, Self.powersOfTen.count - 1)]
    guard high < divisor else { return nil }
    let (quotient, remainder) = divisor.dividingFullWidth((high, low))
    let rounded = quotient + (remainder > 0 ? 1 : 0)
    // Rounding up twice gives what rounding up once would.
    let rest = -exponent - (Self.powersOfTen.count - 1)
    guard rest > 0, rounded > 1 else { return rounded }
    guard rest < Self.powersOfTen.count else { return 1 }
    let (last, remains) = rounded.quotientAndRemainder(dividingBy: Self.powersOfTen[rest])
    return last + (remains > 0 ? 1 : 0)
  }

  /// 1 to 10^38, all that 128 bits hold.
  private static let powersOfTen: [UInt128] = (0...38).map { (0..<$0).reduce(1) { power, _ in power * 10 } }
}
