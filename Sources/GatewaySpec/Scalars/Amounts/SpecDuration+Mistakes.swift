extension SpecDuration {
  static func explain(_ text: String) -> ScalarMistake {
    if text.utf8.count > 64 { return mistake(text, "it is too long") }
    if text.hasPrefix("-") { return mistake(text, "it is negative") }
    if text.hasPrefix("+") {
      return mistake(text, "it has a sign", write: String(text.dropFirst()), isSafe: true, at: 0..<1)
    }
    if text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == 0x2E }) {
      let isZero = text.utf8.allSatisfy { $0 == 0x30 }
      return mistake(text, "it has no unit", write: isZero ? "0s" : text + "s", isSafe: isZero)
    }
    if text.utf8.contains(0x3A) { return explainClock(text) }
    if text.first == "P" || text.first == "p" {
      let time = text.lowercased().dropFirst().filter { $0 != "t" }
      return mistake(text, "it is written as in ISO 8601", write: time, isSafe: !time.contains("m"))
    }
    let pieces: [Piece]
    switch split(text) {
    case .success(let found): pieces = found
    case .failure(let mistake): return mistake
    }
    return explain(text, pieces)
  }

  /// A number and the word behind it.
  private struct Piece {
    var number: Substring
    var word: Substring
    var meaning: Meaning
  }

  private enum Meaning {
    case unit(Unit)
    case tooFine
    case noFixedLength
    case unknown
  }

  /// Splits a text into numbers and the words behind them, white space between them left out.
  private static func split(_ text: String) -> Result<[Piece], ScalarMistake> {
    var pieces: [Piece] = []
    var rest = text[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "," || $0 == "_") }
      rest = rest[number.endIndex...].drop(while: \.isWhitespace)
      let word = rest.prefix { !$0.isNumber && !$0.isWhitespace && $0 != "," && $0 != "." }
      rest = rest[word.endIndex...].drop { $0.isWhitespace || $0 == "," }
      if number.isEmpty {
        let reason = pieces.isEmpty ? "it does not start with a number" : "there is no number before this"
        return .failure(mistake(text, reason, at: pieces.isEmpty ? nil : text.utf8Offsets(of: word)))
      }
      if word.isEmpty {
        let fix = pieces.isEmpty ? nil : text + "s"
        return .failure(mistake(text, "its last number has no unit", write: fix, at: text.utf8Offsets(of: number)))
      }
      pieces.append(Piece(number: number, word: word, meaning: meaning(of: word)))
    }
    return .success(pieces)
  }

  private static func meaning(of word: Substring) -> Meaning {
    switch word.lowercased() {
    case "w", "wk", "wks", "week", "weeks": .unit(.week)
    case "d", "day", "days": .unit(.day)
    case "h", "hr", "hrs", "hour", "hours": .unit(.hour)
    case "m", "min", "mins", "minute", "minutes": .unit(.minute)
    case "s", "sec", "secs", "second", "seconds": .unit(.second)
    case "ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds": .unit(.millisecond)
    case "us", "µs", "μs", "ns", "usec", "nsec", "microsecond", "microseconds", "nanosecond", "nanoseconds": .tooFine
    case "mo", "mon", "month", "months", "y", "yr", "yrs", "year", "years": .noFixedLength
    default: .unknown
    }
  }

  private static func explain(_ text: String, _ pieces: [Piece]) -> ScalarMistake {
    var tidy = ""
    var misspelled: Substring?
    var total: SpecDuration? = .zero
    for piece in pieces {
      let range = text.utf8Offsets(of: piece.word)
      switch piece.meaning {
      case .unknown:
        return mistake(
          text, "\(ScalarMistake.quote(String(piece.word))) is not a unit",
          help: "the units are `w`, `d`, `h`, `m`, `s` and `ms`", at: range)
      case .tooFine:
        return mistake(text, "nothing here is finer than a millisecond", at: range)
      case .noFixedLength:
        return mistake(
          text, "months and years differ in length", help: "write a number of days, such as `30d`", at: range)
      case .unit(let unit):
        if piece.word != unit.symbol { misspelled = misspelled ?? piece.word }
        let part = "\(piece.number)\(unit.symbol)"
        tidy += part
        total = total.flatMap { sum in read(part).map { sum + $0 } }
      }
    }
    if let misspelled {
      return mistake(
        text, "\(ScalarMistake.quote(String(misspelled))) is not a unit", write: tidy, isSafe: misspelled != "M",
        at: text.utf8Offsets(of: misspelled))
    }
    if text.contains(where: \.isWhitespace) {
      return mistake(text, "it has white space in it", write: tidy, isSafe: true)
    }
    guard let total else { return explainNumber(text, pieces) }
    if total == maximum { return mistake(text, "it is longer than 292 years") }
    return mistake(
      text, "its units stand in another order than the largest first, each once", write: total.description, isSafe: true
    )
  }

  /// A part is malformed, too long or too fine.
  private static func explainNumber(_ text: String, _ pieces: [Piece]) -> ScalarMistake {
    for piece in pieces where read("\(piece.number)\(piece.word)") == nil {
      let range = text.utf8Offsets(of: piece.number)
      let whole = piece.number.prefix { $0 != "." }
      if piece.number.contains(",") || piece.number.contains("_") || whole.count == piece.number.count - 1 {
        return mistake(text, "\(ScalarMistake.quote(String(piece.number))) is not a number", at: range)
      }
      if whole.isEmpty { return mistake(text, "a digit must stand before the point", at: range) }
      if whole.count < piece.number.count, read("\(whole)\(piece.word)") != nil {
        return mistake(text, "it is finer than a millisecond", at: range)
      }
      return mistake(text, "it is longer than 292 years", at: range)
    }
    return mistake(text, "it is longer than 292 years")
  }

  /// A time of day such as `1:30`, which readers of YAML 1.1 take for a number of base 60.
  private static func explainClock(_ text: String) -> ScalarMistake {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ (1...2).contains($0.count) }) else {
      return mistake(text, "it is written as a time of day")
    }
    let numbers = parts.map { part in part.drop { $0 == "0" }.isEmpty ? "0" : String(part.drop { $0 == "0" }) }
    return mistake(text, "it is written as a time of day", write: "\(numbers[0])h\(numbers[1])m\(numbers[2])s")
  }
}
