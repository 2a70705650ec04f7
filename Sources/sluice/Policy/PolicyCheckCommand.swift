import ArgumentParser
import SourceDiagnostics
import VaultPolicy

/// `sluice policy check`
struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says everything that is wrong with policies.",
    usage: "sluice policy check <file> ... [options]",
    discussion: """
      Errors are what `vault policy write` refuses; Vault itself names only the first. Warnings are what it accepts \
      and nobody means, such as a `*` in the middle of a path or a narrow rule that takes away what a broad one \
      grants. Each file is taken for all that a token carries.

        sluice policy check policies/*.hcl
        sluice policy check app.hcl --profile full-first   for OpenBao
        vault policy read app | sluice policy check -

      Exit status: 0 no finding at or above --fail-on, 1 findings, 2 wrong command line, 3 a file could not be read.
      """)

  @Argument(help: ArgumentHelp("The policies, HCL or JSON; `-` is standard input.", valueName: "file"))
  var files: [String]

  @OptionGroup(title: "Output") var report: ReportOptions

  @OptionGroup var servers: ProfileOption

  @OptionGroup var colour: ColourOption

  func run() throws {
    _ = try (report.destinations(), report.threshold())
    var run = LintRun(today: Today.date)
    for path in files {
      do throws(InputFailure) {
        try run.check(policy: path, profile: servers.profile)
      } catch {
        Terminal.complain(error.message, help: error.help)
        run.unread.append(error.message)
      }
    }
    try report.publish(run, subject: ("policy", "policies"), colour: colour.colour)
    if !run.unread.isEmpty { throw ExitStatus.inputOutput }
    if try report.fails(run.diagnostics) { throw ExitStatus.findings }
  }
}
