import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let databasePropertyUnknown = Rule(
    3044, "database-property-unknown", .error,
    summary: "a field is asked for that database credentials do not have",
    rationale: """
      Credentials of the database engine have the fields `username` and `password`, or a key or certificate in the place of the
      password. A field that is not there makes External Secrets Operator fail the whole ExternalSecret: "cannot find secret
      data for key".
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
            user: { vault: database/creds/gateway, property: ⟦user⟧, env: DATABASE_USERNAME }

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
    let url = context.secretUses.first { $0.purpose == .databaseURL }?.secret.value
    for read in context.vaultScope.reads {
      let secret = read.secret
      guard read.location.mount.value.engine.known == .database, secret.name.value != url,
        secret.value.property?.isInvalid != true
      else { continue }
      var fields = ["username", "password", "rsa_private_key", "client_certificate", "private_key", "private_key_type"]
      if read.location.key.hasPrefix("static-creds/") {
        fields += ["last_vault_rotation", "rotation_period", "rotation_schedule", "rotation_window", "ttl"]
      }
      let property = secret.value.property
      if let name = property?.value.text, fields.contains(name) { continue }
      let meant = property.flatMap { NameSuggestion.nearest(to: $0.value.text, among: ["username", "password"]) }
      findings.add(
        property.map { "database credentials have no field `\($0.value)`" }
          ?? "the secret `\(secret.name.value)` names no field of the credentials",
        at: property?.span ?? read.path.span, label: property == nil ? "`property` is missing" : "no such field",
        related: [Diagnostic.Label(read.location.mount.name.span, "a database engine")],
        help: ["write \(meant.map { "`\($0)`" } ?? "`username` or `password`")"],
        fixIts: meant.flatMap { name in
          property.map { [FixIt("write `\(name)`", .unsafe, replace: $0.span, with: name)] }
        }
          ?? [])
    }
  }
}
