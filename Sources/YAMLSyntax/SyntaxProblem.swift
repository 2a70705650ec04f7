import SourceDiagnostics

/// A syntax error in the words of somebody who writes specs: libyaml's own name the state of its parser.
struct SyntaxProblem {
  /// Where reading may go on: the start of a line.
  private(set) var resumesBehind: Int
  /// The line on which the mistake was made.
  private(set) var line: Range<Int>
  /// The tab that is to blame, if one is.
  private(set) var tab: Int?
  private var range: Range<Int>
  private var headline = ""
  private var label = ""
  private var related: (range: Range<Int>, label: String)?
  private var help: [String] = []
  private let source: UnsafeBufferPointer<UInt8>

  /// Explains a failure. `lastRecord` is the last node that was read before it.
  init(_ failure: SyntaxFailure, in source: UnsafeBufferPointer<UInt8>, lastRecord: YAMLRecord?) {
    self.source = source
    range = source.word(failure.offset)
    let lineStart = source.lineStart(failure.offset)
    line = lineStart..<source.lineEnd(failure.offset)
    resumesBehind =
      source.isTopLevelKey(failure.offset) && lineStart == failure.offset
      ? failure.offset : source.nextLine(failure.offset)
    if let tab = tabOffset(failure) {
      self.tab = tab
    } else if let template = source.template(line) {
      range = template
      (headline, label, help) = YAMLMistakes.templateWording
    } else if let opening = unclosedQuote(lastRecord, failure) {
      blameQuote(opening, noticed: failure.offset)
    } else {
      explain(failure)
    }
  }

  /// The finding.
  func diagnostic(in file: SourceFile) -> Diagnostic {
    func span(_ range: Range<Int>) -> SourceSpan {
      SourceSpan(file: file.id, start: range.lowerBound, end: range.upperBound)
    }
    return Diagnostic(
      YAMLMistakes.syntaxError, headline, at: span(range), label: label,
      related: related.map { [Diagnostic.Label(span($0.range), $0.label)] } ?? [], help: help)
  }

  // MARK: Causes that libyaml does not name

  private func tabOffset(_ failure: SyntaxFailure) -> Int? {
    if failure.offset < source.count, source[failure.offset] == UInt8(ascii: "\t"),
      failure.problem.contains("tab character") || failure.problem.contains("cannot start any token")
    {
      return failure.offset
    }
    let indentation = line.prefix { source[$0].isBlank }
    return indentation.first { source[$0] == UInt8(ascii: "\t") }
  }

  /// The opening quote of the text just before the failure, if it runs over a line that looks like a key: it was then
  /// most likely closed by the quote that should have opened the next text.
  private func unclosedQuote(_ record: YAMLRecord?, _ failure: SyntaxFailure) -> Int? {
    guard let record, record.isScalar, !record.isPlain, !record.isBlockScalar,
      source.lineStart(failure.offset) == source.lineStart(Int(record.end)), Int(record.end) <= failure.offset
    else { return nil }
    var line = source.nextLine(Int(record.start))
    while line < Int(record.end) {
      let text = source.skippingSpaces(line, limit: source.lineEnd(line))
      if source.isTopLevelKey(text) { return Int(record.start) }
      line = source.nextLine(line)
    }
    return nil
  }

  private mutating func blameQuote(_ opening: Int, noticed: Int) {
    range = opening..<min(opening + 1, source.count)
    headline = "the quoted text that begins here is not closed"
    label = "no closing quote on this line"
    if noticed > source.lineEnd(opening) { related = (source.word(noticed), "noticed only here") }
    help = ["close the quote at the end of the value"]
    line = source.lineStart(opening)..<source.lineEnd(opening)
    resumesBehind = source.nextLine(opening)
  }

  // MARK: Causes that libyaml names

  private mutating func explain(_ failure: SyntaxFailure) {
    let context = failure.contextOffset ?? failure.offset
    switch failure.problem {
    case "could not find expected ':'": explainMissingColon(context)
    case "mapping values are not allowed in this context": explainColon(failure.offset)
    case "did not find expected key": explainKey(failure.offset, context)
    case "did not find expected '-' indicator":
      headline = "a list ends here without a reason"
      label = "expected `- ` or less indentation"
      related = (source.word(context), "the list begins here")
      help = ["begin the line with `- `, or indent it as the key that holds the list"]
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'": explainBracket(context)
    case "did not find expected node content" where failure.context.contains("flow"): explainBracket(context)
    case "found unexpected end of stream", "found unexpected document indicator":
      blameQuote(context, noticed: failure.offset)
    case "found character that cannot start any token":
      headline = "a value cannot begin with `\(text(range.prefix(1)))`"
      label = "needs quotes"
      help = ["put the whole value in quotes"]
    case "did not find expected alphabetic or numeric character":
      range = source.word(context)
      let isAlias = failure.context.contains("alias")
      headline = "`\(isAlias ? "*" : "&")` begins \(isAlias ? "an alias" : "an anchor") and needs a name"
      label = "needs quotes if it is meant as text"
      help = ["write `\"\(text(range))\"` if the character belongs to the value"]
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      explainEscape(failure.offset)
    case "did not find expected comment or line break":
      headline = "text stands on the line of a block scalar's `|` or `>`"
      label = "belongs on the next line"
      help = ["begin the text on the next line, indented; or put a value that begins with `|` or `>` in quotes"]
    case "did not find expected <document start>":
      headline = "a second value stands behind the end of the document"
      label = "belongs to nothing above"
      help = ["give top-level keys the same indentation as the first one"]
    case "block sequence entries are not allowed in this context":
      headline = "a list cannot begin on this line"
      label = "begin the list on the next line"
      help = ["put `- ` on a line of its own, or write the list in brackets: `[a, b]`"]
    case "found undefined tag handle":
      headline = "this tag has a prefix that no `%TAG` line declares"
      help = ["leave the tag out; Sluice knows those of YAML's core schema alone"]
    default:
      headline = "this is not YAML: \(failure.problem)"
      if failure.contextOffset != nil { related = (source.word(context), failure.context) }
    }
  }

  private mutating func explainMissingColon(_ key: Int) {
    var end = source.lineEnd(key)
    if let comment = source.comment(key..<end) { end = comment }
    while end > key, source[end - 1].isBlank { end -= 1 }
    range = key..<end
    line = source.lineStart(key)..<source.lineEnd(key)
    resumesBehind = source.nextLine(key)
    let written = text(range)
    headline = "`\(written)` is no entry: a mapping needs `key: value`"
    label = "no `: ` on this line"
    let parts = written.split(maxSplits: 1) { $0 == " " || $0 == ":" || $0 == "=" }
    if parts.count == 2 {
      help = ["write `\(parts[0]): \(parts[1].drop { $0 == " " || $0 == "=" || $0 == ":" })`"]
    } else {
      help = ["write a colon and a value behind the key, or begin the line with `- ` if it is an item of a list"]
    }
  }

  private mutating func explainColon(_ colon: Int) {
    let start = source.skippingSpaces(line.lowerBound, limit: colon)
    let earlier = (start..<max(start, colon - 1)).first {
      source[$0] == UInt8(ascii: ":") && source[$0 + 1].isBlank
    }
    if let earlier {
      range = source.skippingSpaces(earlier + 1, limit: colon)..<line.upperBound
      headline = "a value without quotes holds a second `: `"
      label = "needs quotes"
      help = ["put the value in quotes, or begin a mapping on the next line"]
    } else if let neighbour = textAbove(start) {
      explainMissingColon(neighbour)
    } else {
      range = start..<max(start, colon)
      headline = "`\(text(range))` is indented deeper than the keys beside it"
      label = "the value above is already complete"
      help = ["give it the indentation of its neighbours"]
    }
  }

  /// Where the text of the line above begins, if that line is indented like the one of `start` and is no entry: the two
  /// were read as one text of two lines.
  private func textAbove(_ start: Int) -> Int? {
    var above = line.lowerBound
    repeat {
      guard above > 0 else { return nil }
      above = source.lineStart(above - 1)
    } while source.skippingSpaces(above, limit: source.lineEnd(above)) == source.lineEnd(above)
    let text = source.skippingSpaces(above, limit: source.lineEnd(above))
    let isEntry = (text..<source.lineEnd(above)).contains {
      source[$0] == UInt8(ascii: ":") && source[$0 + 1].isSpace
    }
    return text - above == start - line.lowerBound && !isEntry && source[text] != UInt8(ascii: "#") ? text : nil
  }

  private mutating func explainKey(_ offset: Int, _ context: Int) {
    let isLineStart = source[line.lowerBound..<offset].allSatisfy(\.isBlank)
    related = (source.word(context), "the mapping begins here")
    if !isLineStart {
      headline = "text stands behind the end of a value"
      label = "not part of the value before it"
      help = ["put the whole value in one pair of quotes; a quote inside is written twice, `''`"]
    } else if text(range) == "-" {
      headline = "an item of a list stands among the keys of a mapping"
      label = "not a `key: value`"
      help = ["indent the list below its key, or remove the `- `"]
    } else {
      headline = "the indentation of this line fits no line above"
      label = "indented by \(offset - line.lowerBound)"
      help = ["give it the indentation of the keys beside it"]
    }
  }

  private mutating func explainBracket(_ opening: Int) {
    let bracket = opening < source.count && source[opening] == UInt8(ascii: "{") ? ("{", "}") : ("[", "]")
    related = (opening..<min(opening + 1, source.count), "the `\(bracket.0)` that is open")
    if line.contains(opening) && range.lowerBound < line.upperBound {
      headline = "`,` or `\(bracket.1)` is missing before `\(text(range))`"
      label = "unexpected"
      help = ["separate entries by `, `, and quote a text that holds `,`, `[`, `]`, `{`, `}` or `: `"]
    } else {
      range = missingEnd(opening, noticed: range)
      headline = "`\(bracket.0)` is not closed"
      label = "expected `,` or `\(bracket.1)` before this"
      help = ["write `\(bracket.1)` behind the last entry"]
      resumesBehind = source.nextLine(opening)
    }
  }

  /// Where a bracket should have been closed: the first line below it that looks like a key and is not indented deeper
  /// than the line of the bracket.
  private func missingEnd(_ opening: Int, noticed: Range<Int>) -> Range<Int> {
    let openingLine = source.lineStart(opening)
    let indentation = source.skippingSpaces(openingLine, limit: opening) - openingLine
    var line = source.nextLine(opening)
    while line < noticed.lowerBound {
      let text = source.skippingSpaces(line, limit: source.lineEnd(line))
      if text - line <= indentation, source.isTopLevelKey(text) { return source.word(text) }
      line = source.nextLine(line)
    }
    return noticed
  }

  private mutating func explainEscape(_ offset: Int) {
    let backslash = source[line.lowerBound..<min(offset + 1, source.count)].lastIndex(of: UInt8(ascii: "\\")) ?? offset
    range = backslash..<source.afterCharacter(source.afterCharacter(backslash))
    headline = "`\(text(range))` is no escape of a text in double quotes"
    label = "unknown escape"
    help = ["double the backslash, or use single quotes, in which a backslash means itself"]
    resumesBehind = source.nextLine(offset)
  }

  private func text(_ range: Range<Int>) -> String {
    let limit = 60
    let text = String(decoding: source[range.clamped(to: source.indices)], as: UTF8.self)
    return text.count <= limit ? text : text.prefix(limit) + "…"
  }
}
