import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let refreshLongerThanLease = Rule(
    3027, "refresh-longer-than-lease", .error,
    summary: "database credentials end before new ones are read",
    rationale: """
      External Secrets Operator neither renews nor revokes a lease: each refresh makes a new user, and the one before dies at its
      TTL. With a refresh interval as long as the lease the pods hold a user that no longer exists, until the next round. Two
      thirds of the lease leave time for a failed round and for the restart of the pods.
      """,
    examples: [
      .flagged(
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
          refreshInterval: ⟦1h⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

        """,
        fixed: """
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
            refreshInterval: 40m
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }
              user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

          """),
      .flagged(
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
          refreshInterval: ⟦0s⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

        """,
        fixed: """
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
            refreshInterval: 40m
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }
              user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

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
    let refresh = context.spec.secrets.value.refreshInterval
    guard context.spec.secrets.value.delivery.known == .externalSecrets, let interval = refresh.known,
      let lease = context.leases.min(by: { $0.ttl.value < $1.ttl.value }),
      interval == .zero || interval >= lease.ttl.value
    else { return }
    let fitting = SpecDuration.minutes(lease.ttl.value.milliseconds / 90_000)
    findings.add(
      interval == .zero
        ? "credentials of `\(lease.role)` are read once and last `\(lease.ttl.value)`"
        : "credentials of `\(lease.role)` last `\(lease.ttl.value)` and are read again after `\(interval)`",
      at: refresh.isWritten ? refresh.span : lease.ttl.span,
      label: refresh.isWritten ? "too late" : "secrets are read every `\(interval)` by default",
      related: [
        Diagnostic.Label(
          lease.ttl.span, lease.ttl.isWritten ? "the lease" : "the lease, `\(lease.ttl.value)` by default"),
        Diagnostic.Label(lease.read.path.span, "read here"),
      ],
      help: ["write `refreshInterval: \(fitting)` or less"],
      fixIts: refresh.isWritten && fitting > .zero
        ? [FixIt("write `\(fitting)`", .unsafe, replace: refresh.span, with: fitting.description)] : [])
  }
}
