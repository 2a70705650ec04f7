import SourceDiagnostics
import Validators

/// Writes what fixes changed: to the files, to standard output for standard input, or as a diff.
struct FixReport {
  private let run: LintRun
  private let options: FixOptions
  private let colour: ColourPolicy

  init(_ run: LintRun, _ options: FixOptions, colour: ColourPolicy) {
    self.run = run
    self.options = options
    self.colour = colour
  }

  /// What is said about it goes to standard error, so that standard output stays a report, a diff or a spec.
  func publish() throws {
    if options.diff { return try showDiff() }
    for name in run.changedNames {
      guard let change = run.changes[name], !name.hasPrefix("<") else { continue }
      try FileReplacement.replace(name, with: change.after)
    }
    // A filter gives its text, changed or not.
    if let input = run.sources.files.first(where: { $0.name == InputFile.standardInputName }) {
      try Terminal.write(input.bytes)
    }
    if !run.changedNames.isEmpty { Terminal.writeError("\(summary("fixed")) in \(names)\n") }
  }

  private func showDiff() throws {
    let isColoured = Terminal.rendering(to: 1, colour: colour).colour
    for name in run.changedNames {
      guard let change = run.changes[name] else { continue }
      let diff = UnifiedDiff(from: change.before, to: change.after, oldName: name, newName: name)
      try Terminal.write(isColoured ? diff.terminalText(colour: true) : diff.text)
    }
    let left = run.diagnostics.isEmpty ? "" : "; \(DiagnosticSummary(run.diagnostics).sentence()) would be left"
    Terminal.writeError(
      (run.changedNames.isEmpty ? "no fix to apply" : "\(summary("would fix")) in \(names); `--fix` writes it") + left
        + "\n")
  }

  private func summary(_ verb: String) -> String {
    "\(verb) \(run.mendedCount) finding\(run.mendedCount == 1 ? "" : "s")"
  }

  private var names: String { run.changedNames.joined(separator: ", ") }
}
