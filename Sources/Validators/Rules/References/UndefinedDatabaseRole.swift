import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let undefinedDatabaseRole = Rule(
    2030, "undefined-database-role", .error, concludesFromAbsence: true,
    summary: "a role or connection of Vault's database engine is named that is not declared",
    rationale: """
      Vault answers a read of `database/creds/NAME` with "unknown role" and a role without a connection with an error at its
      first use, hours after both were set up. Where the spec declares roles, it declares all that it uses; a mount without
      any is set up by somebody else.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: {}
            database:
              engine: database
              connections: { main: { host: db.example.com, database: app, username: vault } }
              roles: { gateway: { connection: ⟦mian⟧, memberOf: app } }
          logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts:
              litellm: {}
              database:
                engine: database
                connections: { main: { host: db.example.com, database: app, username: vault } }
                roles: { gateway: { connection: main, memberOf: app } }
            logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }

          """),
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: {}
            database:
              engine: database
              connections: { main: { host: db.example.com, database: app, username: vault } }
              roles: { gateway: { connection: main, memberOf: app } }
          logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            user: { vault: ⟦database/creds/archive⟧, property: username, env: DATABASE_USERNAME }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: {}, database: { engine: database } }
          logins: { external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault } }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            user: { vault: database/creds/archive, property: username, env: DATABASE_USERNAME }

        """),
    ]
  ) { context, findings in
    guard let vault = context.spec.vault?.known else { return }
    for mount in vault.mounts.value where !mount.setting.isInvalid && mount.value.engine.known == .database {
      let (connections, roles) = (mount.value.connections, mount.value.roles)
      findings.addUndefined(
        "connection",
        roles.value.map(\.value.connection).filter { !$0.isInvalid && connections.isMissing($0.value) },
        among: connections.value.map(\.name.value.text), section: "vault.mounts.\(mount.name.value).connections")
      guard roles.isWritten else { continue }
      let prefix = "\(mount.name.value)/creds/"
      for secret in context.spec.secrets.value.entries.value {
        guard let path = secret.value.vault?.known, path.text.hasPrefix(prefix), let place = secret.value.vault,
          let role = try? EntryName(parsing: String(path.text.dropFirst(prefix.count))), roles.isMissing(role)
        else { continue }
        let nearest = NameSuggestion.nearest(to: role.text, among: roles.value.map(\.name.value.text))
        findings.add(
          "the mount `\(mount.name.value)` has no role `\(role)`", at: place.span, label: "no such role",
          related: [Diagnostic.Label(roles.keySpan, "its roles")],
          help: [
            nearest.map { "a role with a similar name exists: `\($0)`" }
              ?? "declare it under `vault.mounts.\(mount.name.value).roles`"
          ],
          fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, replace: place.span, with: prefix + $0)] } ?? [])
      }
    }
  }
}
