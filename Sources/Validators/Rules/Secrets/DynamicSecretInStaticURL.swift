import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let dynamicSecretInStaticURL = Rule(
    3034, "dynamic-secret-in-static-url", .error,
    summary: "the URL of the database is to come from an engine that makes only a name and a password",
    rationale: """
      Vault's database engine answers with `username` and `password`. There is no URL in it, and the one that a key-value secret
      holds would go on naming the old user when the lease ends. A process that takes one URL cannot use dynamic credentials by
      itself; the parts have to reach it as variables of their own.
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
            database-url: { vault: ⟦database/creds/gateway⟧, property: url }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    guard let use = context.secretUses.first(where: { $0.purpose == .databaseURL }),
      let read = context.vaultScope.reads.first(where: { $0.secret.name.value == use.secret.value }),
      read.location.mount.value.engine.known == .database
    else { return }
    findings.add(
      "`\(read.path.value)` holds no URL of a database", at: read.path.span, label: "a name and a password",
      related: [
        Diagnostic.Label(use.secret.span, "used as the URL"),
        Diagnostic.Label(read.location.mount.name.span, "an engine that makes users"),
      ],
      help: ["keep the URL in a key-value secret, or hand `username` and `password` to the process as variables"])
  }
}
