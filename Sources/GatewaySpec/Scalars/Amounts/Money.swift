/// An amount of money, such as `50 USD` or `0.002 EUR`: exact to a millionth, with the code of its currency (ISO 4217).
public struct Money: DiagnosedScalar {
  /// Millionths of the currency's unit; never negative.
  public let microUnits: Int64
  /// Three upper-case letters.
  public let currency: String

  /// The amount, nil when it is negative or the currency is not three upper-case letters.
  public init?(microUnits: Int64, currency: String) {
    guard microUnits >= 0, currency.utf8.count == 3, currency.utf8.allSatisfy(\.isASCIIUppercase) else { return nil }
    self.init(checked: microUnits, currency)
  }

  private init(checked microUnits: Int64, _ currency: String) {
    self.microUnits = microUnits
    self.currency = currency
  }

  /// The amount as a decimal number without currency, such as "0.002", with no zero at the end of its decimals.
  public var amount: String {
    let whole = String(microUnits / 1_000_000)
    var fraction = microUnits % 1_000_000
    guard fraction > 0 else { return whole }
    var width = 6
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    let digits = String(fraction)
    return whole + "." + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// The canonical text.
  public var description: String { amount + " " + currency }

  static let scalarKind = ScalarKind<Money>(
    "an amount of money", samples: ["50 USD", "0.5 EUR"], placeholder: Money(checked: 0, "USD"),
    schema: ScalarSchema(pattern: "^[0-9]{1,13}(\\.[0-9]+)? [A-Z]{3}$"))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    let end = bytes.count - 4
    guard end > 0, bytes[end] == 0x20 else { return nil }
    for index in end + 1..<bytes.count where !bytes[index].isASCIIUppercase { return nil }
    guard let microUnits = microUnits(bytes.extracting(0..<end)) else { return nil }
    return Money(checked: microUnits, String(text.utf8.suffix(3)) ?? "")
  }

  /// A decimal number in millionths; nil when it is malformed, too large or finer than a millionth.
  private static func microUnits(_ bytes: Span<UInt8>) -> Int64? {
    var value: Int64 = 0
    var decimals: Int?
    for index in bytes.indices {
      let byte = bytes[index]
      if byte == 0x2E, decimals == nil, index > 0, index + 1 < bytes.count {
        decimals = 0
        continue
      }
      guard byte.isASCIIDigit else { return nil }
      if let count = decimals {
        if count == 6 {
          guard byte == 0x30 else { return nil }
          continue
        }
        decimals = count + 1
      }
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int64(byte & 0x0F))
      if overflow || carry { return nil }
      value = sum
    }
    for _ in (decimals ?? 0)..<6 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = product
    }
    return value
  }

  static func explain(_ text: String) -> ScalarMistake {
    if text.contains("-") { return mistake(text, "it is negative") }
    let symbols: KeyValuePairs = ["€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY"]
    for (symbol, code) in symbols where text.contains(symbol) {
      let number = number(in: text.filter { !symbol.contains($0) })
      return mistake(
        text, "its currency is written as a sign", write: number + " " + code, isSafe: symbol == "€")
    }
    let letters = String(text.filter { !($0.isNumber || $0.isWhitespace || $0 == "." || $0 == "," || $0 == "_") })
    let number = number(in: text.filter { $0.isNumber || $0 == "." || $0 == "," })
    if letters.isEmpty { return mistake(text, "it has no currency", write: number + " USD") }
    if letters.utf8.count != 3 || !letters.utf8.allSatisfy(\.isASCIILetter) {
      return mistake(text, "its currency is not a code of three letters")
    }
    let tidy = number + " " + letters.uppercased()
    if text == tidy {
      return mistake(text, fault(of: number))
    }
    let isGrouped = text.contains { $0 == "," || $0 == "_" }
    return mistake(
      text, "an amount is a number, a space and a currency in upper case", write: tidy, isSafe: !isGrouped)
  }

  /// The number alone, with a decimal comma made a point.
  private static func number(in text: String) -> String {
    let digits = text.filter { !$0.isWhitespace && $0 != "_" }
    guard !digits.contains("."), digits.split(separator: ",").last?.count != 3 else {
      return digits.filter { $0 != "," }
    }
    return String(digits.map { $0 == "," ? "." : $0 })
  }

  private static func fault(of number: String) -> String {
    guard let dot = number.firstIndex(of: "."), number[dot...].count > 7 else {
      return number.count > 12 ? "it is too large" : "its number is malformed"
    }
    return "it is finer than a millionth"
  }
}
