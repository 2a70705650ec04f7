import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let leaseUnstated = Rule(
    3031, "lease-unstated", .note, concludesFromAbsence: true,
    summary: "nothing says how long the database credentials that are read last",
    rationale: """
      Whether secrets are read often enough, and whether the token outlives the lease, is arithmetic with the TTL of the role. A
      role that somebody else set up can be declared here with its `ttl`, and both are then checked before the first user
      disappears.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 }, database: { engine: database } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            user: { vault: ⟦database/creds/gateway⟧, property: username, env: DATABASE_USERNAME }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: { engine: kv, version: 2 }
            database:
              engine: database
              connections: { main: { host: db.example.com, database: app, username: vault } }
              roles: { gateway: { connection: main, memberOf: app, ttl: 1h } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: 2h }
        secrets:
          delivery: external-secrets
          refreshInterval: 30m
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

        """),
    ]
  ) { context, findings in
    var seen: Set<String> = []
    for read in context.vaultScope.reads {
      guard let role = read.databaseRole, read.location.mount.value.roles.value.isEmpty,
        !read.location.mount.value.roles.isInvalid, seen.insert(read.location.apiPath).inserted
      else { continue }
      let mount = read.location.mount.name
      findings.add(
        "nothing says how long credentials of `\(role)` last", at: read.path.span, label: "no TTL is known",
        related: [Diagnostic.Label(mount.span, "the mount declares no roles")],
        help: ["declare the role with its `ttl` under `vault.mounts.\(mount.value).roles`"])
    }
  }
}
