public import ArgumentParser
import GatewaySpec
public import SourceDiagnostics
import Validators

extension ColourPolicy: ExpressibleByArgument {}

/// The option that every command has.
struct ColourOption: ParsableArguments {
  @Option(help: "When to colour: auto, always or never. NO_COLOR and FORCE_COLOR are respected.")
  var colour: ColourPolicy = .auto
}

/// Reads and validates one spec for the commands that need a valid one.
struct SpecInput {
  let validated: ValidatedSpec
  /// The spec for each environment.
  let environments: [ValidatedSpec]

  /// Findings go to standard error. Throws ``ExitStatus/findings`` if the spec has an error.
  init(path: String, environment: String?, colour: ColourPolicy) throws {
    let (name, bytes) = try InputFile.readSpec(path)
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: bytes, name: name, into: &sources, files: InputFile.neighbours(of: path))
    let outcome = Validator.validate(loaded)
    let errors = outcome.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty {
      let options = Terminal.rendering(to: 2, colour: colour)
      Terminal.writeError(TextRenderer().render(errors, of: sources, options: options))
      throw ExitStatus.findings
    }
    if let environment, loaded.variant(environment) == nil {
      let names = loaded.environments.compactMap(\.environment)
      let help =
        names.isEmpty
        ? "the spec has no environments" : "the environments are \(names.map { "`\($0)`" }.joined(separator: ", "))"
      Terminal.complain("`\(name)` has no environment `\(environment)`", help: help)
      throw ExitStatus.usage
    }
    guard let validated = outcome.validated(environment: environment) else { throw ExitStatus.findings }
    self.validated = validated
    environments = outcome.validatedEnvironments
  }
}
