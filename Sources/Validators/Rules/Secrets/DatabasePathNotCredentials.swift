import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let databasePathNotCredentials = Rule(
    3043, "database-path-not-credentials", .error,
    summary: "a path of the database engine is none that makes credentials",
    rationale: """
      The engine makes a user when `MOUNT/creds/ROLE` is read and hands out a kept one at `MOUNT/static-creds/ROLE`. At any other
      path it answers 404, or its own settings. It looks like a key-value path and is none.
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
            user: { vault: ⟦database/gateway⟧, property: username, env: DATABASE_USERNAME }

        """,
        fixed: """
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
              user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

          """),
      .allowed(
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
            user: { vault: database/creds/gateway, property: username, env: DATABASE_USERNAME }

        """),
    ]
  ) { context, findings in
    for read in context.vaultScope.reads where read.location.mount.value.engine.known == .database {
      let key = read.location.key
      if ["creds/", "static-creds/"].contains(where: { key.hasPrefix($0) && key.count > $0.count }) { continue }
      let mount = read.location.mount.name
      let corrected = "\(mount.value)/creds/\(key.split(separator: "/").last ?? "gateway")"
      findings.add(
        "reading `\(read.path.value)` makes no credentials", at: read.path.span,
        label: "neither `creds/` nor `static-creds/`",
        related: [Diagnostic.Label(mount.span, "a database engine")], help: ["write `\(corrected)`"],
        fixIts: [FixIt("write `\(corrected)`", .unsafe, replace: read.path.span, with: corrected)])
    }
  }
}
