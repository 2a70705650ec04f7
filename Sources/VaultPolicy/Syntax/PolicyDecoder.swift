import SourceDiagnostics

/// Turns items into rules and reports what Vault would refuse.
struct PolicyDecoder {
  let file: SourceFileID
  let profile: VersionProfile
  /// Off for JSON, whose parser finds duplicates before objects are flattened.
  var reportsDuplicates = true
  private(set) var diagnostics: [Diagnostic] = []

  init(file: SourceFileID, profile: VersionProfile) {
    self.file = file
    self.profile = profile
  }

  // MARK: Reporting

  func span(_ range: Range<Int>) -> SourceSpan {
    SourceSpan(file: file, start: range.lowerBound, end: range.upperBound)
  }

  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  mutating func report(_ error: HCLSyntaxError) {
    let related = error.related.map { [Diagnostic.Label(span($0.range), $0.text)] } ?? []
    let fix = error.replacement.map { text in
      FixIt(
        text.isEmpty ? "remove it" : "write `\(text.drop { $0 == " " })`", .safe, replace: span(error.range), with: text
      )
    }
    report(
      Diagnostic(
        PolicyMistakes.syntax, error.message, at: span(error.range), related: related,
        help: error.help.map { [$0] } ?? [], fixIts: fix.map { [$0] } ?? []))
  }

  mutating func reportDuplicate(_ second: HCLToken, first: HCLToken) {
    let kind = profile.refusesDuplicateAttributes ? PolicyMistakes.duplicateAttribute : PolicyMistakes.mergedDuplicate
    report(
      Diagnostic(
        kind, "`\(second.value)` is set twice", at: span(second.range),
        related: [.init(span(first.range), "first set here")], help: ["join the two, or remove one"]))
  }

  mutating func reportType(
    _ value: HCLValue, of key: String, expected: String, help: [String] = [], fixIts: [FixIt] = []
  ) {
    report(
      Diagnostic(
        PolicyMistakes.valueType, "`\(key)` is \(value.name), not \(expected)", at: span(value.range), help: help,
        fixIts: fixIts))
  }

  private mutating func reportUnknown(_ key: HCLToken, in place: String, known: [String]) {
    let help: String
    var fixIts: [FixIt] = []
    if ["expiration", "pagination_limit", "list_scan_response_keys_filter_path"].contains(key.value) {
      help = "only OpenBao knows it"
    } else if let meant = NameSuggestion.nearest(to: key.value, among: known) {
      help = "write `\(meant)`"
      let isQuoted = key.kind == .string
      fixIts = [
        FixIt(help, .unsafe, replace: span(key.range), with: isQuoted ? HCLString.quoted(meant) : meant)
      ]
    } else {
      help = "\(place) knows \(known.map { "`\($0)`" }.joined(separator: ", "))"
    }
    report(
      Diagnostic(
        PolicyMistakes.unknownKey, "\(place) has no key `\(key.value)`", at: span(key.range), help: [help],
        fixIts: fixIts))
  }

  /// Reports attributes that are set twice in one object.
  mutating func checkDuplicates(_ items: [HCLItem]) {
    guard reportsDuplicates else { return }
    var seen: [String: HCLToken] = [:]
    for item in items where item.isAssigned {
      guard let key = item.keys.first else { continue }
      if let first = seen[key.value] {
        reportDuplicate(key, first: first)
      } else {
        seen[key.value] = key
      }
    }
  }

  // MARK: Top level

  mutating func decode(_ items: [HCLItem]) -> [PolicyRule] {
    checkDuplicates(items)
    var rules: [PolicyRule] = []
    for item in items {
      guard let key = item.keys.first else { continue }
      switch key.value {
      case "path": if let rule = decodeRule(item) { rules.append(rule) }
      case "name":
        if item.keys.count > 1 || string(item.value) == nil {
          reportType(item.value, of: "name", expected: "a string")
        }
      default: reportUnknown(key, in: "a policy", known: ["path"])
      }
    }
    return rules
  }

  private mutating func decodeRule(_ item: HCLItem) -> PolicyRule? {
    guard case .object(let body) = item.value else {
      reportType(item.value, of: "path", expected: "a block with braces", help: ["write `path \"…\" { … }`"])
      return nil
    }
    // Without a label the pattern is the word `path`; a second label means nothing.
    let label = item.keys.count > 1 ? item.keys[1] : item.keys[0]
    var rule = RuleDecoder(pattern: PathPattern(label.value))
    checkDuplicates(body.items)
    for attribute in body.items {
      guard let key = attribute.keys.first else { continue }
      guard RuleDecoder.isKnown(key.value, profile) else {
        reportUnknown(key, in: "a rule", known: RuleDecoder.knownKeys(profile))
        continue
      }
      rule.decode(key, attribute.valueBehindFirstKey, &self)
    }
    diagnostics += PolicyMistakes.diagnostics(for: rule.rule.pattern, at: span(label.range))
    return rule.finish(range: span(item.range), pattern: span(label.range), &self)
  }

  // MARK: Values

  /// What a literal says where Vault wants text: a string, or the digits of a whole number.
  func string(_ value: HCLValue) -> String? {
    guard case .literal(let literal) = value else { return nil }
    switch literal.token.kind {
    case .string, .heredoc, .integer: return literal.token.value
    default: return nil
    }
  }

  /// The texts of a list with their places; what does not fit is reported and left out.
  mutating func strings(_ value: HCLValue, of key: String) -> [(text: String, span: SourceSpan)] {
    // HCL decodes an object without members into any list.
    if case .object(let object) = value, object.items.isEmpty { return [] }
    guard case .list(let list) = value else {
      let list = string(value).map { "[\(HCLString.quoted($0))]" }
      reportType(
        value, of: key, expected: "a list", help: list.map { ["write `\($0)`"] } ?? [],
        fixIts: list.map { [FixIt("write `\($0)`", .safe, replace: span(value.range), with: $0)] } ?? [])
      return []
    }
    return list.elements.compactMap { element in
      guard let text = string(element) else {
        reportType(element, of: key, expected: "a list of strings")
        return nil
      }
      return (text, span(element.range))
    }
  }

  /// A number of seconds or a duration text. `nil` when it is neither.
  func duration(_ value: HCLValue) -> Duration? {
    guard case .literal(let literal) = value else { return nil }
    switch literal.token.kind {
    case .integer: return HCLNumber.integer(literal.token.value).flatMap(VaultDuration.seconds)
    case .float:
      guard let number = Double(literal.token.value), abs(number) < 1e10 else { return nil }
      return VaultDuration.seconds(Int64(number))
    case .string, .heredoc: return VaultDuration.parse(literal.token.value)
    default: return nil
    }
  }
}

extension HCLItem {
  /// The value with the labels after the first key turned into objects: `a "b" { … }` means `a = { b = { … } }`.
  var valueBehindFirstKey: HCLValue {
    guard keys.count > 1, case .object(let object) = value else { return value }
    let inner = HCLItem(keys: Array(keys.dropFirst()), isAssigned: false, value: value)
    return .object(HCLObject(open: keys[1], items: [inner], close: object.close, end: object.end))
  }
}

/// Numbers of HCL 1.
enum HCLNumber {
  /// A whole number: decimal, hexadecimal after `0x`, octal after `0`. `nil` past 64 bits.
  static func integer(_ text: String) -> Int64? {
    let isNegative = text.hasPrefix("-")
    let digits = isNegative ? text.dropFirst() : text[...]
    let (body, radix): (Substring, Int) =
      if digits.lowercased().hasPrefix("0x") {
        (digits.dropFirst(2), 16)
      } else if digits.count > 1, digits.hasPrefix("0") {
        (digits.dropFirst(), 8)
      } else {
        (digits, 10)
      }
    return Int64((isNegative ? "-" : "") + body, radix: radix)
  }
}
