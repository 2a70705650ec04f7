import GatewaySpec
import SourceDiagnostics

/// A comment that silences findings: `# sluice: allow GW3001, probe-path-not-served until 2027-01-31: reason`.
struct SuppressionComment: Sendable {
  /// A code or a slug as it is written.
  struct Name: Sendable {
    let text: String
    let span: SourceSpan
  }

  /// Why a comment that is meant to silence something is none.
  struct Malformation: Error {
    let headline: String
    let span: SourceSpan
    var label = ""
    var help: [String] = []
    var fixIts: [FixIt] = []
  }

  /// The comment.
  let comment: SourceComment
  /// Whether it holds for the whole file.
  let isForFile: Bool
  /// What it silences, at least one.
  let names: [Name]
  /// The last day on which it holds, and where that is written.
  let until: (date: CalendarDate, span: SourceSpan)?

  static let form = "# sluice: allow GW3001 until 2027-01-31: why that is so"

  /// Reads a comment; `nil` if it is not addressed to the linter.
  static func read(_ comment: SourceComment, in file: SourceFile) -> Result<SuppressionComment, Malformation>? {
    var words = CommentWords(file, comment)
    guard words.startsWithAddress else { return nil }
    do throws(Malformation) {
      return try read(&words, comment).map(Result.success)
    } catch {
      return .failure(error)
    }
  }

  private static func read(
    _ words: inout CommentWords, _ comment: SourceComment
  ) throws(Malformation) -> SuppressionComment? {
    let isAddressed = words.skipAddress()
    guard let verb = words.next() else { return nil }
    let wanted = verbs.contains(verb.text) ? verb.text : NameSuggestion.nearest(to: verb.text, among: verbs)
    guard let wanted = wanted ?? (foreignVerbs.contains(verb.text) ? "allow" : nil) else { return nil }
    // Without the colon it may be a sentence about the program.
    if !isAddressed {
      guard let name = words.next(), DiagnosticCode(parsing: name.text) != nil else { return nil }
      throw Malformation(
        headline: "the colon behind `sluice` is missing", span: comment.span, label: "silences nothing",
        help: ["write `\(form)`"])
    }
    guard verb.text == wanted else {
      throw Malformation(
        headline: "`sluice: \(verb.text)` means nothing", span: verb.span, label: "not `allow` or `allow-file`",
        help: ["write `\(wanted)`"], fixIts: [FixIt("write `\(wanted)`", .unsafe, replace: verb.span, with: wanted)])
    }

    var names: [Name] = []
    var until: (date: CalendarDate, span: SourceSpan)?
    while let word = words.next() {
      if until != nil {
        throw Malformation(
          headline: "`\(word.text)` stands behind the date", span: word.span, label: "expected `: ` and the reason",
          help: ["write codes before `until`, and the reason behind a colon"])
      }
      if word.text == "until" { until = try date(&words, behind: word) } else { names.append(word) }
    }
    guard !names.isEmpty else {
      throw Malformation(
        headline: "the suppression names no finding", span: verb.span, label: "of what?", help: ["write `\(form)`"])
    }
    guard words.hasReason else {
      throw Malformation(
        headline: "the suppression gives no reason", span: comment.span.endPoint, label: "why?",
        help: ["add `: ` and why the finding does not matter here; the next reader will ask"])
    }
    let isForFile = verb.text == "allow-file"
    if isForFile, !comment.isBeforeContent {
      throw Malformation(
        headline: "`allow-file` stands behind the first key", span: verb.span, label: "holds for nothing here",
        help: ["move it to the top of the file, or write `allow` for what stands below"])
    }
    return SuppressionComment(comment: comment, isForFile: isForFile, names: names, until: until)
  }

  private static func date(
    _ words: inout CommentWords, behind until: Name
  ) throws(Malformation) -> (date: CalendarDate, span: SourceSpan) {
    guard let word = words.next() else {
      throw Malformation(
        headline: "`until` says no date", span: until.span, label: "until when?",
        help: ["write the last day on which it holds, such as `until 2027-01-31`"])
    }
    do throws(ScalarMistake) {
      return (try CalendarDate(parsing: word.text), word.span)
    } catch {
      throw Malformation(
        headline: error.headline, span: word.span, label: "not a date", help: ["write the date as YYYY-MM-DD"])
    }
  }

  private static let verbs = ["allow", "allow-file"]
  /// What other linters say.
  private static let foreignVerbs: Set<String> = ["ignore", "disable", "suppress", "skip", "noqa", "nolint"]
}

/// The words of a comment up to the colon behind them, and whether something stands behind that.
private struct CommentWords {
  private let bytes: [UInt8]
  private let file: SourceFileID
  private let end: Int
  private var offset: Int
  private var reasonColon: Int?

  init(_ file: SourceFile, _ comment: SourceComment) {
    bytes = file.bytes
    self.file = file.id
    end = min(comment.span.end, file.bytes.count)
    offset = min(comment.textStart, end)
    skipBlanks()
  }

  /// Whether the first word is the name of the program.
  var startsWithAddress: Bool {
    let name = "sluice".utf8
    guard end - offset > name.count, bytes[offset..<end].starts(with: name) else { return false }
    let next = bytes[offset + name.count]
    return next == UInt8(ascii: ":") || next == UInt8(ascii: " ")
  }

  /// Steps behind the name of the program and its colon; `false` if there is no colon.
  mutating func skipAddress() -> Bool {
    offset += "sluice".utf8.count
    skipBlanks()
    let hasColon = offset < end && bytes[offset] == UInt8(ascii: ":")
    if hasColon { offset += 1 }
    reasonColon = bytes[offset..<end].firstIndex(of: UInt8(ascii: ":"))
    return hasColon
  }

  /// The next word before the reason. Commas only part words.
  mutating func next() -> SuppressionComment.Name? {
    let limit = reasonColon ?? end
    while offset < limit, Self.parts(bytes[offset]) { offset += 1 }
    let start = offset
    while offset < limit, !Self.parts(bytes[offset]) { offset += 1 }
    guard offset > start else { return nil }
    return SuppressionComment.Name(
      text: String(decoding: bytes[start..<offset], as: UTF8.self),
      span: SourceSpan(file: file, start: start, end: offset))
  }

  var hasReason: Bool {
    guard let reasonColon else { return false }
    return bytes[(reasonColon + 1)..<end].contains { $0 > UInt8(ascii: " ") }
  }

  private mutating func skipBlanks() {
    while offset < end, bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t") { offset += 1 }
  }

  private static func parts(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\r")
  }
}
