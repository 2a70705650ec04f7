import ArgumentParser
import RuleDocumentation
import SourceDiagnostics
import Validators

/// `sluice lint`
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with a spec, where, and what to write instead.",
    usage: "sluice lint <file> ... [options]",
    discussion: """
      Every environment of a spec is checked, not only the base, and so are the policy files beside it. Nothing is applied \
      or contacted.

        sluice lint gateway.yaml
        sluice lint teams/*.yaml --fail-on warning
        sluice lint gateway.yaml --fix                  mends what has one meaning
        sluice lint gateway.yaml --diff                 shows it, writes nothing
        sluice lint gateway.yaml --output github --output sarif=lint.sarif
        git show HEAD:gateway.yaml | sluice lint - --output json

      A comment silences a finding for its line, or above a key for that key and all below it:
        namespace: default # sluice: allow GW6001 until 2027-01-31: moves soon

      Exit status: 0 no finding at or above --fail-on, 1 findings, 2 wrong command line, 3 a file could not be read or \
      written.
      """)

  @Argument(help: ArgumentHelp("The specs; `-` is standard input.", valueName: "file"))
  var files: [String]

  @OptionGroup(title: "Output") var report: ReportOptions

  @OptionGroup(title: "Which findings") var selection: SelectionOptions

  @OptionGroup(title: "Fixes") var fixes: FixOptions

  @OptionGroup var colour: ColourOption

  func run() throws {
    // Whoever has mistyped an option wants to know before anything is read or written.
    _ = try (report.destinations(), report.threshold())
    let filter = try selection.filter()
    try fixes.check(for: files)
    var run = LintRun(today: Today.date, isWanted: filter.wants)
    for path in files {
      do throws(InputFailure) {
        if fixes.isWanted {
          try run.repair(path, atLeast: fixes.unsafeFixes ? .unsafe : .safe)
        } else {
          try run.lint(path)
        }
      } catch {
        Terminal.complain(error.message, help: error.help)
        run.unread.append(error.message)
      }
    }
    if fixes.isWanted { try FixReport(run, fixes, colour: colour.colour).publish() }
    try report.publish(
      run, subject: ("spec", "specs"), colour: colour.colour, fixCommand: fixes.isWanted ? nil : "sluice lint --fix",
      isOutputTaken: fixes.fix && files.contains("-"), onlyToFiles: fixes.diff)
    if !run.unread.isEmpty { throw ExitStatus.inputOutput }
    if fixes.diff, !run.changes.isEmpty { throw ExitStatus.findings }
    if try report.fails(run.diagnostics) { throw ExitStatus.findings }
  }
}

/// The options that choose findings.
struct SelectionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show these findings alone: codes, prefixes such as GW3, or names, by commas.", valueName: "codes"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Leave these findings out.", valueName: "codes"))
  var ignore: [String] = []

  /// Throws a usage error with the nearest name for what no finding is called.
  func filter() throws -> DiagnosticFilter {
    do throws(DiagnosticFilter.UnknownName) {
      return try DiagnosticFilter(selecting: select, ignoring: ignore, of: { FindingCatalog.all })
    } catch {
      let advice = error.nearest.map { "a similar one exists: `\($0)`" } ?? "`sluice explain` lists them all"
      throw UsageFailure("no finding is called `\(error.name)`", help: advice)
    }
  }
}

/// The options that change files.
struct FixOptions: ParsableArguments {
  @Flag(help: "Apply safe fixes, then lint again; `-` gives the fixed text.")
  var fix = false

  @Flag(help: "Apply the other fixes too; review what they do.")
  var unsafeFixes = false

  @Flag(help: "Show what the fixes would change as a unified diff, and write nothing.")
  var diff = false

  /// Whether fixes are applied, be it only to show them.
  var isWanted: Bool { fix || diff }

  /// Throws a usage error for options that make no sense together or with the files.
  func check(for files: [String]) throws {
    if unsafeFixes, !isWanted {
      throw UsageFailure("`--unsafe-fixes` changes nothing by itself", help: "add `--fix`, or `--diff` to look first")
    }
    if fix, !diff, files.contains("-"), files.count > 1 {
      throw UsageFailure(
        "with `--fix` standard input can be the only file", help: "its fixed text goes to standard output")
    }
  }
}
