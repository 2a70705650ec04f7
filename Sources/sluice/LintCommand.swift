import ArgumentParser
import GatewaySpec
import SourceDiagnostics
import Validators

/// `sluice lint`
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Says what is wrong with a spec, where, and what to write instead.",
    discussion: """
      Every environment of a spec is checked, not only the base. Nothing is applied or contacted.

        sluice lint gateway.yaml
        sluice lint teams/*.yaml --fail-on warning
        git show HEAD:gateway.yaml | sluice lint - --output json

      Exit status: 0 no finding at or above --fail-on, 1 findings, 2 wrong command line, 3 a file could not be read.
      """)

  @Argument(help: ArgumentHelp("The specs; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Option(
    name: .shortAndLong, help: "How findings are shown: \(RendererCatalog.all.map(\.name).joined(separator: ", ")).")
  var output = "text"

  @Option(help: "The severity from which findings fail the run: error, warning or note.")
  var failOn: Severity = .error

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
        let loaded = SpecLoader.load(bytes: bytes, name: name, into: &sources, files: InputFile.neighbours(of: path))
        diagnostics += Validator.validate(loaded).diagnostics
      } catch {
        Terminal.complain(error.message, help: error.help)
        isEverythingRead = false
      }
    }
    let renderer = RendererCatalog.renderer(named: output) ?? TextRenderer()
    let options = Terminal.rendering(to: 1, colour: colour.colour)
    try Terminal.write(renderer.render(diagnostics, of: sources, options: options))
    if diagnostics.isEmpty, isEverythingRead, renderer.name == "text" {
      try Terminal.write("\(files.count == 1 ? "1 spec" : "\(files.count) specs") checked, no findings\n")
    }
    if !isEverythingRead { throw ExitStatus.inputOutput }
    if diagnostics.contains(where: { $0.severity >= failOn }) { throw ExitStatus.findings }
  }
}
