import ArgumentParser
import Compiler
import Emitters
import SourceDiagnostics
import Validators

/// `sluice compile`
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Makes manifests, policies and configuration from a spec.",
    discussion: """
      The spec is linted first; nothing is written while it has an error. The output depends on the spec alone. A \
      folder is replaced in one step, and what sluice did not write stays.

        sluice compile gateway.yaml -o deploy          write the folder
        sluice compile gateway.yaml -o deploy --check  say what would change
        sluice compile gateway.yaml -o deploy --overlays
                                                       base and environments side by side, for kustomize
        sluice compile gateway.yaml --target vault     to standard output
        sluice compile gateway.yaml --explain kubernetes/service.yaml:20

      Exit status: 0 written or in step, 1 findings or drift, 2 wrong command line, 3 could not be read or written.
      """)

  @Argument(help: ArgumentHelp("The spec; `-` is standard input.", valueName: "file"))
  var file: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output: String?

  @Option(help: "What to compile, by commas: \(CompilationTargets.all.map(\.id).joined(separator: ", ")).")
  var target: String?

  @Option(name: [.customLong("env"), .customLong("environment")], help: "The environment whose overlay holds.")
  var env: String?

  @Flag(help: "Write the base and each environment as a kustomize overlay of it.")
  var overlays = false

  @Flag(help: "Compare the folder with what would be written.")
  var check = false

  @Option(help: ArgumentHelp("Show the place in the spec that a line of the output came from.", valueName: "path:line"))
  var explain: String?

  @OptionGroup var colour: ColourOption

  func validate() throws {
    if check, output == nil { throw ValidationError("`--check` compares with a folder: name it with `--output`") }
    if overlays, output == nil, explain == nil {
      throw ValidationError("`--overlays` writes a folder: name it with `--output`")
    }
    if overlays, env != nil { throw ValidationError("`--overlays` writes all environments: leave `--env` out") }
    _ = try targets()
  }

  func run() throws {
    let input = try SpecInput(path: file, environment: env, colour: colour.colour)
    let compilation =
      overlays
      ? Compiler.compile(input.validated, overlays: input.environments, targets: try targets())
      : Compiler.compile(input.validated, targets: try targets())
    let rendering = Terminal.rendering(to: 2, colour: colour.colour)
    Terminal.writeError(TextRenderer().render(compilation.diagnostics, of: input.validated.sources, options: rendering))
    if compilation.diagnostics.hasErrors { throw ExitStatus.findings }

    if let explain { return try show(explain, in: compilation, input) }
    guard let output else {
      try Terminal.write(ArtifactStream.bytes(of: compilation.artifacts))
      return
    }
    do {
      let writer = ArtifactWriter()
      // With some targets only their folders are replaced; those of the others stay.
      let folders = target == nil ? nil : try targets().map(\.id)
      if check {
        let drifts = try writer.check(compilation.artifacts, against: output, onlyBelow: folders)
        try show(drifts, in: output)
        if !drifts.isEmpty { throw ExitStatus.findings }
        return
      }
      try show(try writer.write(compilation.artifacts, to: output, onlyBelow: folders), in: output)
    } catch let error as ArtifactWriterError {
      throw InputFailure(error.description)
    }
  }

  private func targets() throws -> [CompilationTarget] {
    guard let target else { return CompilationTargets.all }
    return try target.split(separator: ",").map { id in
      guard let found = CompilationTargets.all.first(where: { $0.id == id }) else {
        let ids = CompilationTargets.all.map { "`\($0.id)`" }.joined(separator: ", ")
        throw ValidationError("no target is called `\(id)`; there are \(ids)")
      }
      return found
    }
  }

  private func show(_ report: ArtifactWriter.Report, in folder: String) throws {
    for path in report.written { try Terminal.write("  wrote    \(path)\n") }
    for path in report.removed { try Terminal.write("  removed  \(path)\n") }
    let count = report.written.count + report.unchangedCount
    try Terminal.write("\(count) files in \(folder), \(report.unchangedCount) of them unchanged\n")
  }

  private func show(_ drifts: [Drift], in folder: String) throws {
    for drift in drifts {
      switch drift.kind {
      case .missing: try Terminal.write("missing: \(folder)/\(drift.path)\n")
      case .stale: try Terminal.write("stale: \(folder)/\(drift.path), which nothing makes any more\n")
      case .different(let diff):
        try Terminal.write(diff.terminalText(colour: Terminal.rendering(to: 1, colour: colour.colour).colour))
      }
    }
    try Terminal.write(
      drifts.isEmpty
        ? "\(folder) is what the spec compiles to\n"
        : "\(folder) is not what the spec compiles to; run `sluice compile \(file) -o \(folder)\(overlays ? " --overlays" : "")`\n"
    )
  }

  /// Shows a line of the output and the place of the spec that it came from.
  private func show(_ place: String, in compilation: Compilation, _ input: SpecInput) throws {
    let parts = place.split(separator: ":")
    // The path may begin with the output folder, as a shell completes it.
    let named = parts.first.flatMap { path in
      compilation.artifacts.first { $0.path == path || path.hasSuffix("/" + $0.path) }
    }
    guard parts.count == 2, let line = Int(parts[1]), let artifact = named else {
      let paths = compilation.artifacts.map(\.path)
      let near = parts.first.flatMap { NameSuggestion.nearest(to: String($0), among: paths) }
      Terminal.complain(
        "`\(place)` names no line of the output",
        help: named.map { "add the line, as in `\($0.path):1`" } ?? near.map {
          "a file with a similar name is compiled: `\($0)`"
        }
          ?? "write a path and a line, such as `\(paths.first ?? "kubernetes/deployment.yaml"):1`")
      throw ExitStatus.usage
    }
    let lines = artifact.text.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard line >= 1, line <= artifact.text.lineOrigins.count else {
      Terminal.complain("`\(artifact.path)` has \(artifact.text.lineOrigins.count) lines")
      throw ExitStatus.usage
    }
    try Terminal.write("\(artifact.path):\(line): \(lines[line - 1])\n")
    guard let origin = artifact.text.lineOrigins[line - 1], let file = input.validated.sources[origin.file] else {
      try Terminal.write("  the same for every spec\n")
      return
    }
    let table = LineTable(file)
    let position = table.position(at: origin.start)
    try Terminal.write("  from \(file.name):\(position.line):\(position.column): \(file.text(of: origin))\n")
  }
}
