import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let tokenTTLBelowLease = Rule(
    3026, "token-ttl-below-lease", .error,
    summary: "the token that asks for database credentials ends before they do",
    rationale: """
      A lease belongs to the token that asked for it. When the token ends, Vault revokes its leases: the database user is dropped
      while the gateway still works with it, long before the time that the role promises. The token has to live longer than the
      lease.
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
              roles: { gateway: { connection: main, memberOf: app, ttl: 4h } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: ⟦1h⟧ }
        secrets:
          delivery: external-secrets
          refreshInterval: 30m
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
                roles: { gateway: { connection: main, memberOf: app, ttl: 4h } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: 4h }
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
    guard let login = context.vaultScope.login, let life = login.value.tokenTTL.known,
      let lease = context.leases.max(by: { $0.ttl.value < $1.ttl.value }), life < lease.ttl.value
    else { return }
    let written = login.value.tokenTTL
    findings.add(
      "the token of `\(login.name.value)` lives `\(life)`, and the lease of `\(lease.role)` lasts `\(lease.ttl.value)`",
      at: written.isWritten ? written.span : login.name.span,
      label: written.isWritten ? "ends first" : "`\(life)` by default",
      related: [
        Diagnostic.Label(
          lease.ttl.span, lease.ttl.isWritten ? "the lease" : "the lease, `\(lease.ttl.value)` by default"),
        Diagnostic.Label(lease.read.path.span, "read here"),
      ],
      help: ["write `tokenTTL: \(lease.ttl.value)` or more"],
      fixIts: written.isWritten
        ? [FixIt("write `\(lease.ttl.value)`", .unsafe, replace: written.span, with: lease.ttl.value.description)] : [])
  }
}

/// A lease that comes with credentials which are read.
struct SecretLease {
  let read: VaultScope.Read
  let role: EntryName
  /// How long the credentials live.
  let ttl: Setting<SpecDuration>
}

extension RuleContext {
  /// The leases of dynamic credentials, as far as the spec says how long they last.
  var leases: [SecretLease] {
    vaultScope.reads.compactMap { read in
      guard let name = read.databaseRole, case .found(let role) = read.location.mount.value.roles.value.lookUp(name),
        !role.value.ttl.isInvalid
      else { return nil }
      return SecretLease(read: read, role: name, ttl: role.value.ttl)
    }
  }
}

extension VaultScope.Read {
  /// The role of a database engine whose credentials are read; `nil` for anything else.
  var databaseRole: EntryName? {
    guard location.mount.value.engine.known == .database, location.key.hasPrefix("creds/") else { return nil }
    return try? EntryName(parsing: String(location.key.dropFirst("creds/".count)))
  }
}
