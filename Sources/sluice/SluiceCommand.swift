import ArgumentParser

/// `sluice`
struct SluiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "One gateway spec: linted, compiled and run.",
    discussion: """
      One YAML file describes an AI gateway and its whole deployment. sluice proves that its parts agree, compiles it \
      to Kubernetes manifests, Vault policies and LiteLLM's configuration, and runs the gateway from the same file.

      A first round:
        sluice lint gateway.yaml               what is wrong and what to write
        sluice explain GW3001                  why a finding matters
        sluice compile gateway.yaml -o deploy  manifests, policies, configuration
        sluice serve gateway.yaml --mock       the gateway here, without keys

      Exit status: 0 clean, 1 findings or drift, 2 wrong command line, 3 something could not be read, written or \
      started.
      """,
    version: SluiceVersion.current,
    subcommands: [
      LintCommand.self, CompileCommand.self, ServeCommand.self, PolicyCommand.self, ExplainCommand.self,
    ])
}

/// The release of this program.
enum SluiceVersion {
  static let current = "0.1.0"
}
