/// Plain scalars that a YAML 1.1 reader and a YAML 1.2 reader take differently.
enum AmbiguousScalar {
  /// How a YAML 1.1 reader takes the text, if that is not as a string and the YAML 1.2 core schema takes it as one (or as
  /// another number). `nil` for all others.
  static func otherReading<Value: SpecScalar>(of text: String, as type: Value.Type) -> String? {
    guard let first = text.utf8.first, type == PlainText.self || type == KubernetesLabelValue.self else { return nil }
    switch first {
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "o"),
      UInt8(ascii: "O"):
      switch text {
      case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": return "the boolean true"
      case "n", "N", "no", "No", "NO", "off", "Off", "OFF": return "the boolean false"
      default: return nil
      }
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): return number(text)
    default: return nil
    }
  }

  private static func number(_ text: String) -> String? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    let isDigit: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let isOctal: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    guard let first = digits.first, isDigit(first) else { return nil }
    if digits.count > 1, digits.allSatisfy(isOctal), first == UInt8(ascii: "0") { return "an octal number" }
    if digits.starts(with: "0o".utf8), digits.dropFirst(2).allSatisfy(isOctal) { return "text, not an octal number" }
    if digits.contains(UInt8(ascii: "_")), digits.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) {
      return "a number without the underscores"
    }
    let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      parts.dropFirst().allSatisfy({ $0.count <= 2 && (Int(String(Substring($0))) ?? 60) < 60 })
    {
      return "a number to the base 60"
    }
    return nil
  }
}
