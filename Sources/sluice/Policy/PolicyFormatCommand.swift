import ArgumentParser
import SourceDiagnostics
import VaultPolicy

/// `sluice policy fmt`
struct PolicyFormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Lays policies out as `vault policy fmt` does.",
    usage: "sluice policy fmt <file> ... [options]",
    discussion: """
      A file is replaced in one step, and only if its layout changes. Comments stay. A policy with mistakes, or in \
      JSON, is left alone.

        sluice policy fmt policies/*.hcl           rewrites what needs it
        sluice policy fmt policies/*.hcl --check   names what needs it, for CI
        sluice policy fmt app.hcl --diff           shows it, writes nothing
        sluice policy fmt - < app.hcl              to standard output

      Exit status: 0 done or in order, 1 mistakes, or --check found something, 2 wrong command line, 3 a file could \
      not be read or written.
      """)

  @Argument(help: ArgumentHelp("The policies; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Flag(help: "Write nothing; exit with 1 and name the files whose layout differs.")
  var check = false

  @Flag(help: "Write nothing; show what would change as a unified diff.")
  var diff = false

  @OptionGroup var servers: ProfileOption

  @OptionGroup var colour: ColourOption

  func run() throws {
    var worst = ExitStatus.clean
    func note(_ status: ExitStatus) {
      if status.rawValue > worst.rawValue { worst = status }
    }
    for path in files {
      do throws(InputFailure) {
        note(try format(path))
      } catch {
        Terminal.complain(error.message, help: error.help)
        note(.inputOutput)
      }
    }
    if worst != .clean { throw worst }
  }

  private func format(_ path: String) throws(InputFailure) -> ExitStatus {
    let (name, bytes) = try InputFile.readSpec(path)
    var sources = SourceMap()
    let file = sources.add(name: name, bytes: bytes)
    let (text, diagnostics) = PolicyFormatter.format(file, profile: servers.profile)
    if diagnostics.hasErrors {
      let errors = diagnostics.filter { $0.severity == .error }
      let options = Terminal.rendering(to: 2, colour: colour.colour)
      Terminal.writeError(TextRenderer().render(errors, of: sources, options: options))
      return .findings
    }
    let isFilter = path == "-" && !check && !diff
    guard let text else {
      Terminal.writeError("\(name) is in JSON, which has no layout of its own: left alone\n")
      if isFilter { try Terminal.write(bytes) }
      return .clean
    }
    let formatted = Array(text.utf8)
    if isFilter {
      try Terminal.write(formatted)
      return .clean
    }
    if formatted == bytes { return .clean }
    if check { try Terminal.write("\(name)\n") }
    if diff {
      let isColoured = Terminal.rendering(to: 1, colour: colour.colour).colour
      let difference = UnifiedDiff(from: bytes, to: formatted, oldName: name, newName: name)
      try Terminal.write(isColoured ? difference.terminalText(colour: true) : difference.text)
    }
    if check { return .findings }
    if !diff {
      try FileReplacement.replace(path, with: formatted)
      try Terminal.write("\(name)\n")
    }
    return .clean
  }
}
