public import ArgumentParser
public import VaultPolicy

extension VersionProfile: ExpressibleByArgument {}

/// The option that says which servers are meant.
struct ProfileOption: ParsableArguments {
  @Option(
    help: """
      The servers meant. trimmed-first: Vault up to 2.0.2; full-first: OpenBao; deny-aware: Vault from 2.0.3; \
      deny-aware-ci: Vault 2.2.2, where a deny ignores case.
      """)
  var profile: VersionProfile = .denyAware
}
