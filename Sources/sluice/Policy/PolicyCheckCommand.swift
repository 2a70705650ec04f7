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
      and nobody means, such as a `*` in the middle of a path.

        sluice policy check policies/*.hcl
        sluice policy check app.hcl --profile full-first   for OpenBao
        vault policy read app | sluice policy check -

      Exit status: 0 no finding at or above --fail-on, 1 findings, 2 wrong command line, 3 a file could not be read.
      """)

  @Argument(help: ArgumentHelp("The policies, HCL or JSON; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Option(
    name: .shortAndLong, help: "How findings are shown: \(RendererCatalog.all.map(\.name).joined(separator: ", ")).")
  var output = "text"

  @Option(help: "The severity from which findings fail the run: error, warning or note.")
  var failOn: Severity = .error

  @OptionGroup var servers: ProfileOption

  @OptionGroup var colour: ColourOption

  func validate() throws {
    guard RendererCatalog.renderer(named: output) != nil else {
      let names = RendererCatalog.all.map { "`\($0.name)`" }.joined(separator: ", ")
      throw ValidationError("no output format is called `\(output)`; there are \(names)")
    }
  }

  func run() throws {
    var sources = SourceMap()
    var diagnostics: [Diagnostic] = []
    var isEverythingRead = true
    for path in files {
      do throws(InputFailure) {
        let (name, bytes) = try InputFile.readSpec(path)
        let file = sources.add(name: name, bytes: bytes)
        diagnostics += PolicyParser.parse(file, profile: servers.profile).diagnostics
      } catch {
        Terminal.complain(error.message, help: error.help)
        isEverythingRead = false
      }
    }
    let renderer = RendererCatalog.renderer(named: output) ?? TextRenderer()
    let options = Terminal.rendering(to: 1, colour: colour.colour)
    try Terminal.write(renderer.render(diagnostics, of: sources, options: options))
    if diagnostics.isEmpty, isEverythingRead, renderer.name == "text" {
      try Terminal.write("\(files.count == 1 ? "1 policy" : "\(files.count) policies") checked, no findings\n")
    }
    if !isEverythingRead { throw ExitStatus.inputOutput }
    if diagnostics.contains(where: { $0.severity >= failOn }) { throw ExitStatus.findings }
  }
}
