import ArgumentParser
import SourceDiagnostics
import VaultPolicy

/// `sluice policy paths`
struct PolicyPathsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "paths",
    abstract: "Lists what policies can reach, by capability.",
    usage: "sluice policy paths <file> ... [options]",
    discussion: """
      The policies count together, as on one token. `except` names narrower rules that take paths out again. The \
      policy `default`, which most tokens have too, is left out unless its file is given.

        sluice policy paths app.hcl
        sluice policy paths app.hcl base.hcl --capability update

      Exit status: 0 listed, 2 wrong command line, 3 a policy could not be read or has mistakes.
      """)

  @Argument(help: ArgumentHelp("The policies; `-` is standard input.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Only this capability.", valueName: "name"))
  var capability: String?

  @OptionGroup var servers: ProfileOption

  @OptionGroup var colour: ColourOption

  func validate() throws {
    guard let capability, Capability(rawValue: capability) == nil else { return }
    let names = Capability.allCases.map { "`\($0.name)`" }.joined(separator: ", ")
    throw ValidationError("no capability is called `\(capability)`; there are \(names)")
  }

  func run() throws {
    let set = try PolicySet(files, profile: servers.profile, colour: colour.colour)
    let acl = try ACL(set.policies, options: ACL.Options(profile: servers.profile))
    let wanted = capability.flatMap(Capability.init(rawValue:))
    let text = ReachReport(acl, set).text(only: wanted)
    try Terminal.write(text.isEmpty ? "no path\n" : text)
    Terminal.writeError(set.describe(acl.droppedRules))
  }
}
