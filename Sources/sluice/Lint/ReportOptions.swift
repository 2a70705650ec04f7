import ArgumentParser
import RuleDocumentation
import SourceDiagnostics

/// The options that say how findings are shown and from which severity on they fail a run.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      """
      How findings are shown: \(RendererCatalog.all.map(\.name).joined(separator: ", ")); `sarif=lint.sarif` writes a file. \
      May be given several times. (default: text)
      """, valueName: "format[=file]"))
  var output: [String] = []

  @Option(
    help: ArgumentHelp(
      "The severity from which findings fail the run: error, warning, note or never.", valueName: "severity"))
  var failOn = FailureThreshold.error.rawValue

  /// Where findings go. Throws a usage error for an unknown format and for two in one place.
  func destinations() throws -> [ReportDestination] {
    let destinations = try (output.isEmpty ? ["text"] : output).map { try ReportDestination(parsing: $0) }
    for (index, destination) in destinations.enumerated() {
      guard let other = destinations[..<index].first(where: { $0.path == destination.path }) else { continue }
      guard let path = destination.path else {
        throw UsageFailure(
          "`\(other.renderer.name)` and `\(destination.renderer.name)` both go to standard output",
          help: "write one to a file: `--output \(destination.renderer.name)=FILE`")
      }
      throw UsageFailure("two outputs go to `\(path)`", help: "give each a file of its own")
    }
    return destinations
  }

  /// From which severity on findings fail the run. Throws a usage error for a word that is none.
  func threshold() throws -> FailureThreshold {
    if let threshold = FailureThreshold(rawValue: failOn) { return threshold }
    let names = FailureThreshold.allCases.map(\.rawValue)
    throw UsageFailure(
      "no severity is called `\(failOn)`; there are \(names.map { "`\($0)`" }.joined(separator: ", "))",
      help: NameSuggestion.nearest(to: failOn, among: names).map { "a similar one exists: `\($0)`" })
  }

  /// Whether findings fail the run.
  func fails(_ diagnostics: [Diagnostic]) throws -> Bool {
    guard let threshold = try threshold().severity else { return false }
    return diagnostics.contains { $0.severity >= threshold }
  }

  /// Writes a run to all destinations.
  ///
  /// - Parameters:
  ///   - run: what was found.
  ///   - subject: what was checked, in the singular and the plural.
  ///   - colour: when to colour.
  ///   - fixCommand: the command that applies fixes; `nil` where there is none or it just ran.
  ///   - isOutputTaken: whether a fixed text takes standard output: findings then go to standard error.
  ///   - onlyToFiles: whether a diff takes standard output: places in a text that nobody has written would mislead.
  func publish(
    _ run: LintRun, subject: (one: String, many: String), colour: ColourPolicy, fixCommand: String? = nil,
    isOutputTaken: Bool = false, onlyToFiles: Bool = false
  ) throws {
    for destination in try destinations() where !onlyToFiles || destination.path != nil {
      let descriptor: Int32 = isOutputTaken ? 2 : 1
      var options = destination.path == nil ? Terminal.rendering(to: descriptor, colour: colour) : RenderingOptions()
      options.toolVersion = SluiceVersion.current
      options.fixCommand = fixCommand
      options.rules = { FindingCatalog.all }
      options.failingSeverity = try threshold().severity
      options.suppressedCount = run.suppressedCount
      options.unreadInputs = run.unread
      var text = destination.renderer.render(run.diagnostics, of: run.sources, options: options)
      if run.diagnostics.isEmpty, run.unread.isEmpty, destination.renderer.name == "text" {
        let count = run.count == 1 ? "1 \(subject.one)" : "\(run.count) \(subject.many)"
        let sentence = DiagnosticSummary([]).sentence(suppressed: run.suppressedCount)
        text = "\(count) checked, \(sentence)\n"
      }
      if let path = destination.path {
        try FileReplacement.write(path, Array(text.utf8))
      } else if isOutputTaken {
        Terminal.writeError(text)
      } else {
        try Terminal.write(text)
      }
    }
  }
}

/// A format, and the file that it goes to.
struct ReportDestination {
  let renderer: any DiagnosticRenderer
  /// `nil` for standard output.
  let path: String?

  /// Reads `format`, `format=file` or `format=-`.
  init(parsing text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let renderer = parts.first.flatMap({ RendererCatalog.renderer(named: $0) }) else {
      let name = parts.first ?? ""
      let names = RendererCatalog.all.map(\.name)
      throw UsageFailure(
        "no output format is called `\(name)`; there are \(names.map { "`\($0)`" }.joined(separator: ", "))",
        help: NameSuggestion.nearest(to: name, among: names).map { "a similar one exists: `\($0)`" })
    }
    guard parts.count == 1 || !parts[1].isEmpty else {
      throw UsageFailure("`--output \(text)` names no file", help: "write `--output \(renderer.name)=FILE`")
    }
    self.renderer = renderer
    path = parts.count == 1 || parts[1] == "-" ? nil : parts[1]
  }
}

/// From which severity on findings fail a run.
enum FailureThreshold: String, CaseIterable {
  case error, warning, note, never

  /// `nil` for never.
  var severity: Severity? { Severity.allCases.first { $0.name == rawValue } }
}
