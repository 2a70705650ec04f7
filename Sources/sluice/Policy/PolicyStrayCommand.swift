import ArgumentParser
import SourceDiagnostics

/// Runs when no command of `sluice policy` is named, and answers a misspelt one with a name that is near.
struct PolicyStrayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "none", usage: "sluice policy <subcommand>", shouldDisplay: false)

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var words: [String] = []

  func run() throws {
    guard let stray = words.first else { throw CleanExit.helpRequest(PolicyCommand.self) }
    let names = PolicyCommand.commands.compactMap { $0.configuration.commandName }
    Terminal.complain(
      "`sluice policy` has no command `\(stray)`",
      help: NameSuggestion.nearest(to: stray, among: names).map { "a command with a similar name exists: `\($0)`" }
        ?? "the commands are \(names.map { "`\($0)`" }.joined(separator: ", "))")
    throw ExitStatus.usage
  }
}
