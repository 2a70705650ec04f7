import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let databaseSettingsOfKeyValueMount = Rule(
    3060, "database-settings-of-key-value-mount", .error,
    summary: "a key-value mount has connections or roles",
    rationale: """
      Only Vault's database engine makes users of a database. What a key-value mount says about them is set up nowhere, and
      the users that somebody counts on are never made.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: { ⟦connections⟧: { main: { host: db.example.com, database: app, username: vault } } }
          logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: {}
            database:
              engine: database
              connections: { main: { host: db.example.com, database: app, username: vault } }
          logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }

        """),
    ]
  ) { context, findings in
    for mount in context.spec.vault?.known?.mounts.value ?? NamedEntries<VaultMountPath, VaultMount>.placeholder {
      guard !mount.setting.isInvalid, mount.value.engine.known == .keyValue else { continue }
      let settings = [
        mount.value.connections.isWritten ? mount.value.connections.keySpan : nil,
        mount.value.roles.isWritten ? mount.value.roles.keySpan : nil,
      ].compactMap(\.self)
      guard let first = settings.first else { continue }
      let engine = mount.value.engine
      findings.add(
        "a key-value mount makes no users", at: first, label: "of the database engine",
        related: engine.isWritten ? [Diagnostic.Label(engine.span, "the engine")] : [],
        help: ["write `engine: database`, or move it to a mount of that engine"])
    }
  }
}
