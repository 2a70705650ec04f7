/// A whole number of hundredths, such as `70%`. What a field allows, often 1 to 100, is the field's business.
public struct Percentage: DiagnosedScalar, Comparable {
  /// The number before the sign, 0 to 9999.
  public let percent: Int

  /// The percentage of a number, nil outside 0 to 9999.
  public init?(_ percent: Int) {
    guard (0...9999).contains(percent) else { return nil }
    self.percent = percent
  }

  private init(checked percent: Int) {
    self.percent = percent
  }

  /// The canonical text.
  public var description: String { "\(percent)%" }

  /// Whether one is less than the other.
  public static func < (left: Self, right: Self) -> Bool { left.percent < right.percent }

  static let scalarKind = ScalarKind<Percentage>(
    "a percentage", samples: ["70%", "100%"], placeholder: Percentage(checked: 0),
    schema: ScalarSchema(pattern: "^(0|[1-9][0-9]{0,3})%$"))

  static func read(_ text: String) -> Self? {
    let bytes = text.utf8.span
    guard (2...5).contains(bytes.count), bytes[bytes.count - 1] == 0x25 else { return nil }
    guard bytes[0] != 0x30 || bytes.count == 2 else { return nil }
    var percent = 0
    for index in 0..<bytes.count - 1 {
      guard bytes[index].isASCIIDigit else { return nil }
      percent = percent * 10 + Int(bytes[index] & 0x0F)
    }
    return Percentage(checked: percent)
  }

  static func explain(_ text: String) -> ScalarMistake {
    let number = String((text.hasSuffix("%") ? text.dropLast() : text[...]).filter { $0 != " " })
    if !text.hasSuffix("%") {
      if Int.read(number) != nil { return mistake(text, "it has no `%`", write: number + "%", isSafe: true) }
      if number.hasPrefix("0."), let hundredths = fraction(number.dropFirst(2)) {
        return mistake(text, "it is written as a fraction", write: "\(hundredths)%")
      }
      return mistake(text, "it has no `%`")
    }
    if number.hasPrefix("-") { return mistake(text, "it is negative") }
    if number.contains(where: { $0 == "." || $0 == "," }) {
      return mistake(
        text, "Kubernetes takes whole percentages only", write: "\(number.prefix { $0 != "." && $0 != "," })%")
    }
    if let value = Int.read(number) {
      return value > 9999
        ? mistake(text, "it is larger than 9999%") : mistake(text, "it is malformed", write: "\(value)%", isSafe: true)
    }
    return mistake(text, "what stands before the `%` is not a whole number")
  }

  /// The hundredths that one or two decimals stand for.
  private static func fraction(_ digits: Substring) -> Int? {
    guard (1...2).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
    return Int(digits).map { digits.utf8.count == 1 ? $0 * 10 : $0 }
  }
}
