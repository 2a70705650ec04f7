extension Quantity {
  static func explain(_ text: String) -> ScalarMistake {
    let number = text.prefix { $0.isASCII && ($0.isNumber || "+-.,_".contains($0)) }
    let word = text[number.endIndex...].drop(while: \.isWhitespace)
    if number.isEmpty { return mistake(text, "it does not start with a number") }
    if !number.contains(where: \.isNumber) { return mistake(text, "it has no digits") }
    if let fault = numberFault(text, number, word) { return fault }
    if word.isEmpty { return tooLarge(text) }
    let joined = "\(number)\(word)"
    if joined != text, read(joined) != nil {
      return mistake(text, "it has white space in it", write: joined, isSafe: true)
    }
    let range = text.utf8Offsets(of: word)
    let reason = "\(ScalarMistake.quote(String(word))) is not a suffix"
    switch meaning(of: word) {
    case .suffix(let suffix, let isSafe):
      return mistake(text, reason, write: "\(number)\(suffix)", isSafe: isSafe, at: range)
    case .bytes(let letter, let isBinary):
      let binary = "\(number)\(letter == "k" ? "K" : letter)i"
      let decimal = "\(number)\(letter)"
      let power = ["k": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6][letter] ?? 1
      return mistake(
        text, reason,
        help:
          "write `\(binary)`, in units of 1024\(superscript(power)) bytes, or `\(decimal)`, in units of 1000\(superscript(power))",
        write: isBinary ? binary : decimal, at: range)
    case .none(let help):
      return mistake(text, reason, help: help, write: String(number), at: range)
    case .unknown:
      let isExponent = word.first == "e" || word.first == "E"
      if isExponent, word.dropFirst().utf8.allSatisfy({ $0.isASCIIDigit || $0 == 0x2B || $0 == 0x2D }) {
        return read("1\(word)") == nil && !word.utf8.contains(where: \.isASCIIDigit)
          ? mistake(text, "its exponent has no digits", at: range) : tooLarge(text)
      }
      return read("1\(word)") != nil
        ? tooLarge(text)
        : mistake(
          text, reason, help: "the suffixes are `m`, `k`, `M`, `G`, `T` and `Ki`, `Mi`, `Gi`, `Ti`", at: range)
    }
  }

  private static func tooLarge(_ text: String) -> ScalarMistake {
    text.utf8.filter(\.isASCIIDigit).count > 38
      ? mistake(text, "it has too many digits") : mistake(text, "it is too large")
  }

  private static func numberFault(_ text: String, _ number: Substring, _ word: Substring) -> ScalarMistake? {
    let range = text.utf8Offsets(of: number)
    let digits = number.dropFirst(number.first == "-" || number.first == "+" ? 1 : 0)
    if let sign = digits.firstIndex(where: { $0 == "+" || $0 == "-" }) {
      let offset = text.utf8.distance(from: text.startIndex, to: sign)
      return mistake(text, "a sign stands inside the number", at: offset..<offset + 1)
    }
    if digits.contains(",") || digits.contains("_") {
      let commas = digits.count { $0 == "," }
      let isDecimal = commas == 1 && !digits.contains("_") && digits.split(separator: ",").last?.count != 3
      let plain = number.filter { $0 != "_" && $0 != "," }
      let fixed = isDecimal ? String(number.map { $0 == "," ? "." : $0 }) : plain
      return mistake(
        text, isDecimal ? "decimals stand behind a point" : "digits are not grouped", write: "\(fixed)\(word)",
        isSafe: !digits.contains(","), at: range)
    }
    return digits.count { $0 == "." } > 1 ? mistake(text, "it has more than one point", at: range) : nil
  }

  private enum Meaning {
    /// Another spelling of a suffix.
    case suffix(String, isSafe: Bool)
    /// A unit of bytes that may mean powers of 1000 or of 1024.
    case bytes(letter: String, isBinary: Bool)
    /// Something that is no part of the amount.
    case none(help: String?)
    case unknown
  }

  /// What a word that is no suffix was probably meant to say.
  private static func meaning(of word: Substring) -> Meaning {
    let lowered = word.lowercased()
    switch lowered {
    case "%": return .none(help: "write an amount; a percentage does not fit here")
    case "b", "byte", "bytes", "c", "core", "cores", "cpu", "cpus", "vcpu", "vcpus": return .none(help: nil)
    case "mcpu", "millicpu", "millicpus", "millicore", "millicores", "mcore", "mcores":
      return .suffix("m", isSafe: true)
    case "kb", "mb", "gb", "tb", "pb", "eb":
      // `MB` is a million by the standard; other spellings are of people who think in 1024.
      let letter = lowered.hasPrefix("k") ? "k" : String(lowered.prefix(1)).uppercased()
      return .bytes(letter: letter, isBinary: !word.hasSuffix("B") || word.first?.isLowercase == true && letter != "k")
    case "k": return .bytes(letter: "k", isBinary: true)
    case "g", "t", "p": return .bytes(letter: lowered.uppercased(), isBinary: true)
    case "ki", "mi", "gi", "ti", "pi", "ei", "kib", "mib", "gib", "tib", "pib", "eib":
      return .suffix(String(lowered.prefix(1)).uppercased() + "i", isSafe: true)
    case "µ", "μ": return .suffix("u", isSafe: true)
    default: return .unknown
    }
  }

  private static func superscript(_ power: Int) -> String {
    switch power {
    case 1: ""
    case 2: "²"
    case 3: "³"
    case 4: "⁴"
    case 5: "⁵"
    default: "⁶"
    }
  }
}
