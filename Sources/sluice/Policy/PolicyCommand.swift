import ArgumentParser

/// `sluice policy`
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Checks, formats and questions Vault policies.",
    discussion: """
      Works on policy files alone: no server, no token. Policies are read as `vault policy write` reads them, and \
      judged as the server would.

        sluice policy check policies/*.hcl          every mistake and its place
        sluice policy fmt policies/*.hcl            as `vault policy fmt` writes
        sluice policy can read kv/data/app --policy app.hcl
        sluice policy paths app.hcl                 what it lets somebody do

      Exit status: 0 clean or yes, 1 findings, drift or no, 2 wrong command line, 3 a policy could not be read or \
      written.
      """,
    subcommands: commands + [PolicyStrayCommand.self],
    defaultSubcommand: PolicyStrayCommand.self)

  /// The commands that people know.
  static let commands: [any ParsableCommand.Type] = [
    PolicyCheckCommand.self, PolicyFormatCommand.self, PolicyCanCommand.self, PolicyPathsCommand.self,
  ]
}
