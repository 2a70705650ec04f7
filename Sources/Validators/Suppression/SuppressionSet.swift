import GatewaySpec
import SourceDiagnostics
import VaultPolicy
import YAMLSyntax

/// The comments of a spec and its policy files that silence findings.
struct SuppressionSet {
  /// What became of findings.
  struct Outcome {
    /// What is left, with what there is to say about the comments themselves.
    var kept: [Diagnostic] = []
    /// What was silenced.
    var suppressed: [Diagnostic] = []
  }

  private var comments: [SuppressionComment] = []
  private var names: [SuppressionScopes.Entry] = []
  private var scopes = SuppressionScopes()
  private var mistakes: [Diagnostic] = []
  private let sources: SourceMap

  /// Reads the comments. Files without a word to the linter cost a look at their bytes.
  init(_ loaded: LoadedSpec) {
    sources = loaded.sources
    if Self.isAddressed(loaded.file) {
      add(loaded.tree.commentsWithScope { $0.text.hasPrefix("sluice") }, in: loaded.file)
    }
    for id in loaded.policyFiles {
      guard let file = sources[id], Self.isAddressed(file) else { continue }
      add(PolicyParser.comments(of: file), in: file)
    }
  }

  /// Reads the comments of a policy that stands by itself.
  init(ofPolicy file: SourceFile, in sources: SourceMap) {
    self.sources = sources
    if Self.isAddressed(file) { add(PolicyParser.comments(of: file), in: file) }
  }

  /// Silences findings.
  ///
  /// - Parameters:
  ///   - diagnostics: all that was found.
  ///   - today: the day by which `until` is judged; `nil` lets every suppression hold.
  ///   - asked: the kinds of findings that were looked for everywhere: of these it is known when none was there.
  func apply(to diagnostics: [Diagnostic], today: CalendarDate?, asked: () -> Set<DiagnosticCode>) -> Outcome {
    if comments.isEmpty && mistakes.isEmpty { return Outcome(kept: diagnostics) }
    let asked = asked()
    var outcome = Outcome()
    var used: Set<Int> = []
    var returned: [Int: [Diagnostic]] = [:]
    for diagnostic in diagnostics {
      guard Suppressibility.of(diagnostic.code) == .suppressible, let index = scopes.entry(for: diagnostic, sources)
      else {
        outcome.kept.append(diagnostic)
        continue
      }
      used.insert(index)
      if isExpired(names[index].comment, today) {
        returned[names[index].comment, default: []].append(diagnostic)
        outcome.kept.append(diagnostic)
      } else {
        outcome.suppressed.append(diagnostic)
      }
    }
    outcome.kept += mistakes
    let namesByComment = Dictionary(grouping: names.indices) { names[$0].comment }
    for (index, comment) in comments.enumerated() {
      let mine = namesByComment[index] ?? []
      if isExpired(index, today) {
        outcome.kept.append(expired(comment, returned[index] ?? []))
      } else {
        let idle = mine.filter { !used.contains($0) && asked.contains(names[$0].code) }
        outcome.kept += unused(comment, idle.map { names[$0].name }, isWhole: idle.count == comment.names.count)
      }
    }
    return outcome
  }

  private func isExpired(_ comment: Int, _ today: CalendarDate?) -> Bool {
    guard let today, let until = comments[comment].until else { return false }
    return until.date < today
  }

  // MARK: Reading

  /// Whether the name of the program with a colon or a blank behind it occurs behind the sign of a comment.
  private static func isAddressed(_ file: SourceFile) -> Bool {
    let sign = UInt8(ascii: "s")
    let name = Array("sluice".utf8)
    return file.bytes.withUnsafeBufferPointer { bytes in
      var offset = 1
      while offset + name.count < bytes.count {
        if bytes[offset] == sign,
          bytes[offset + name.count] == UInt8(ascii: ":") || bytes[offset + name.count] == UInt8(ascii: " "),
          name.indices.allSatisfy({ bytes[offset + $0] == name[$0] })
        {
          return true
        }
        offset += 1
      }
      return false
    }
  }

  private mutating func add(_ comments: [SourceComment], in file: SourceFile) {
    for comment in comments {
      switch SuppressionComment.read(comment, in: file) {
      case nil: break
      case .failure(let error): mistakes.append(malformed(error, comment))
      case .success(let suppression): add(suppression, in: file)
      }
    }
    scopes.finish()
  }

  private mutating func add(_ suppression: SuppressionComment, in file: SourceFile) {
    for name in suppression.names {
      guard let rule = RuleCatalog.rule(named: name.text) else {
        mistakes.append(unknown(name))
        continue
      }
      if case .never(let reason) = Suppressibility.of(rule.code) {
        mistakes.append(unsuppressible(name, rule, reason, suppression))
        continue
      }
      let entry = SuppressionScopes.Entry(comment: comments.count, code: rule.code, name: name)
      scopes.add(names.count, entry, suppression, in: file)
      names.append(entry)
    }
    comments.append(suppression)
  }

  // MARK: Findings about the comments

  private func malformed(_ error: SuppressionComment.Malformation, _ comment: SourceComment) -> Diagnostic {
    Diagnostic(
      SuppressionMistakes.malformed, error.headline, at: error.span, label: error.label, help: error.help,
      fixIts: error.fixIts)
  }

  private func unknown(_ name: SuppressionComment.Name) -> Diagnostic {
    let nearest = NameSuggestion.nearest(to: name.text, among: RuleCatalog.names)
    return Diagnostic(
      SuppressionMistakes.namesNothing, "no finding is called `\(name.text)`", at: name.span, label: "silences nothing",
      help: [nearest.map { "a similar one exists: `\($0)`" } ?? "`sluice explain` lists them all"],
      fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, replace: name.span, with: $0)] } ?? [])
  }

  private func unsuppressible(
    _ name: SuppressionComment.Name, _ rule: RuleDescription, _ reason: String, _ suppression: SuppressionComment
  ) -> Diagnostic {
    Diagnostic(
      SuppressionMistakes.namesNothing, "`\(rule.slug)` cannot be silenced", at: name.span, label: "silences nothing",
      notes: [reason], fixIts: [removal(of: [name], from: suppression, .safe)])
  }

  private func expired(_ suppression: SuppressionComment, _ returned: [Diagnostic]) -> Diagnostic {
    let until = suppression.until
    return Diagnostic(
      SuppressionMistakes.expired,
      "the suppression held until \(until.map { "\($0.date)" } ?? "a day that has passed")",
      at: until?.span ?? suppression.comment.span, label: "has passed",
      related: returned.prefix(3).map { Diagnostic.Label($0.primary.span, "\($0.code) shows again") },
      help: returned.isEmpty ? [] : ["mend what it silenced, or give it another day"],
      fixIts: [removal(of: suppression.names, from: suppression, returned.isEmpty ? .safe : .unsafe)])
  }

  private func unused(
    _ suppression: SuppressionComment, _ names: [SuppressionComment.Name], isWhole: Bool
  ) -> [Diagnostic] {
    guard let first = names.first else { return [] }
    let list = names.map { "`\($0.text)`" }.joined(separator: ", ")
    let place = suppression.isForFile ? "in this file" : suppression.comment.isWholeLine ? "below" : "on this line"
    return [
      Diagnostic(
        SuppressionMistakes.unused, "nothing \(place) is found by \(list)", at: first.span, label: "silences nothing",
        related: names.dropFirst().map { Diagnostic.Label($0.span, "nor does this") },
        fixIts: [removal(of: names, from: suppression, .safe)])
    ]
  }

  /// Removes names from a comment, or all of it if none is left.
  private func removal(
    of names: [SuppressionComment.Name], from suppression: SuppressionComment, _ safety: FixIt.Safety
  ) -> FixIt {
    let bytes = sources[suppression.comment.span.file]?.bytes ?? []
    if names.count == suppression.names.count {
      return FixIt("remove the comment", safety, replace: suppression.comment.wholeSpan(in: bytes), with: "")
    }
    let gone = Set(names.map(\.span))
    let kept = suppression.names.filter { !gone.contains($0.span) }
    let all = suppression.names.reduce(names[0].span) { $0.union($1.span) }
    return FixIt(
      "remove \(names.map { "`\($0.text)`" }.joined(separator: ", "))", safety, replace: all,
      with: kept.map(\.text).joined(separator: ", "))
  }
}

extension SourceComment {
  /// The comment with its line, or with the blanks before it if something else stands on the line.
  fileprivate func wholeSpan(in bytes: [UInt8]) -> SourceSpan {
    var start = span.start
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t") { start -= 1 }
    guard isWholeLine else { return SourceSpan(file: span.file, start: start, end: span.end) }
    var end = min(span.end, bytes.count)
    if end < bytes.count, bytes[end] == UInt8(ascii: "\r") { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\n") { end += 1 }
    return SourceSpan(file: span.file, start: start, end: end)
  }
}
