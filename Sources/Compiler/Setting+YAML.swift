import Emitters
import GatewaySpec

extension Setting where Value: SpecScalar {
  /// The value as text, with its place.
  var yaml: YAMLValue { .string(value.description).from(span) }
}

extension Setting where Value: SpecChoice {
  /// The word, with its place.
  var yaml: YAMLValue { .string(value.rawValue).from(span) }
}

extension Setting<Int> {
  /// The number, with its place.
  var yaml: YAMLValue { .integer(value).from(span) }
}

extension Setting<Bool> {
  /// `true` or `false`, with its place.
  var yaml: YAMLValue { .boolean(value).from(span) }
}

extension Setting<Port> {
  /// The number of the port, with its place.
  var yaml: YAMLValue { .integer(Int(value.number)).from(span) }
}

extension Setting<Percentage> {
  /// The number before the sign, with its place.
  var yaml: YAMLValue { .integer(value.percent).from(span) }
}

extension Setting<CountOrPercentage> {
  /// A number or a percentage, as Kubernetes' IntOrString takes it.
  var yaml: YAMLValue {
    switch value {
    case .count(let count): .integer(count).from(span)
    case .percentage(let percentage): .string(percentage.description).from(span)
    }
  }
}

extension Setting<SpecDuration> {
  /// Whole seconds, rounded up, and at least `least`, as the fields of pods take them.
  func wholeSeconds(atLeast least: Int = 0) -> YAMLValue {
    .integer(max(least, Int(value.secondsRoundedUp))).from(span)
  }

  /// Seconds with at most three decimals, as LiteLLM takes them.
  var decimalSeconds: YAMLValue {
    let (seconds, rest) = value.milliseconds.quotientAndRemainder(dividingBy: 1000)
    guard rest != 0 else { return .integer(Int(seconds)).from(span) }
    let digits = String(1000 + rest).dropFirst()
    return .number("\(seconds).\(digits)").from(span)
  }
}

extension Setting<Money> {
  /// The price of one token where this is that of a million, as a decimal number. LiteLLM counts in US dollars.
  var perToken: YAMLValue {
    let digits = String(value.microUnits)
    let decimals = String(repeating: "0", count: max(0, 13 - digits.utf8.count)) + digits
    let fraction = decimals.suffix(12)
    var text = decimals.dropLast(12) + "." + fraction
    while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
    return .number(String(text)).from(span)
  }
}

extension Setting<FreeValue> {
  /// The value as it was written.
  var yaml: YAMLValue {
    let content: YAMLValue.Content =
      switch value {
      case .null: .null
      case .boolean(let flag): .boolean(flag)
      case .integer(let number): .integer(number)
      case .number(let digits): .number(digits)
      case .text(let text): .string(text)
      case .list(let elements): .sequence(elements.map(\.yaml))
      case .map(let entries): .mapping(entries.map { YAMLValue.Entry($0.key, $0.value.yaml) })
      }
    return YAMLValue(content, from: span)
  }
}
