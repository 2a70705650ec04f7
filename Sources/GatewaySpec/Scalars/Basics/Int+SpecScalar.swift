extension Int: SpecScalar, DiagnosedScalar {
  static let scalarKind = ScalarKind<Int>(
    "a whole number", samples: ["2", "600"], placeholder: 0,
    schema: ScalarSchema(["integer"]))

  /// Decimal digits with an optional sign, no leading zero: what YAML 1.1, YAML 1.2 and JSON all read alike.
  static func read(_ text: String) -> Int? {
    let bytes = text.utf8.span
    guard !bytes.isEmpty else { return nil }
    let start = bytes[0] == 0x2D || bytes[0] == 0x2B ? 1 : 0
    guard start < bytes.count, bytes[start] != 0x30 || bytes.count == start + 1 else { return nil }
    let isNegative = bytes[0] == 0x2D
    var number = 0
    for index in start..<bytes.count {
      guard bytes[index].isASCIIDigit else { return nil }
      let digit = Int(bytes[index] & 0x0F)
      let (shifted, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(isNegative ? -digit : digit)
      if overflow || carry { return nil }
      number = sum
    }
    return number
  }

  static func explain(_ text: String) -> ScalarMistake {
    let sign = text.hasPrefix("-") ? "-" : ""
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
    if digits.utf8.allSatisfy(\.isASCIIDigit), !digits.isEmpty {
      if digits.utf8.first == 0x30 {
        let trimmed = digits.drop { $0 == "0" }
        return mistake(
          text, "a leading zero makes it an octal number for readers of YAML 1.1",
          write: sign + (trimmed.isEmpty ? "0" : trimmed))
      }
      return mistake(text, "it is larger than any number here", help: "write a smaller number")
    }
    for (prefix, radix, name) in [("0x", 16, "hexadecimal"), ("0o", 8, "octal"), ("0b", 2, "binary")]
    where digits.lowercased().hasPrefix(prefix) {
      let value = digits.utf8.dropFirst(2).first == 0x2D ? nil : Int(digits.dropFirst(2), radix: radix)
      return mistake(
        text, "\(name) numbers are read differently by different YAML readers",
        write: value.map { sign + String($0) }, isSafe: true)
    }
    let ungrouped = text.filter { $0 != "_" }
    if ungrouped != text, read(ungrouped) != nil {
      return mistake(text, "digits are not grouped", write: ungrouped, isSafe: true)
    }
    if let dot = text.firstIndex(of: "."), text[dot...].dropFirst().utf8.allSatisfy({ $0 == 0x30 }) {
      return mistake(
        text, "it has a decimal point", write: String(text[..<dot]), isSafe: true,
        at: text.utf8Offsets(of: dot..<text.endIndex))
    }
    if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }),
      let mantissa = read(String(text[..<mark])), let exponent = read(String(text[text.index(after: mark)...])),
      (0...18).contains(exponent)
    {
      return mistake(
        text, "it is written with an exponent", write: String(mantissa) + String(repeating: "0", count: exponent))
    }
    if Bool.read(text.lowercased()) != nil { return mistake(text, "it is a truth value") }
    return mistake(text, text.contains(".") ? "it has a fraction" : "it holds something that is not a digit")
  }
}
