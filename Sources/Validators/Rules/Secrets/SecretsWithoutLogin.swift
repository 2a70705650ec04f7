import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let secretsWithoutLogin = Rule(
    3005, "secrets-without-login", .error, concludesFromAbsence: true,
    summary: "secrets are read from Vault, and no login is there to read them",
    rationale: """
      To read Vault somebody has to log in: a role, a ServiceAccount and the policies of the token are those of one entry
      of `vault.logins`. With several entries the spec has to say which, because it decides what may be read.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
        secrets:
          delivery: ⟦external-secrets⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
      .flagged(
        """
        engine: { type: sluice }
        secrets:
          delivery: ⟦external-secrets⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            openai-key: { vault: litellm/api-keys, property: openai-key }

        """, base: .sluice),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    let secrets = context.spec.secrets.value
    guard secrets.delivery.known?.readsVault == true, secrets.login == nil, context.spec.vault?.isInvalid != true else {
      return
    }
    guard let vault = context.spec.vault?.value else {
      findings.add(
        "secrets are read from Vault, and the spec has no section `vault`", at: secrets.delivery.span,
        label: "needs `vault`",
        help: ["add `vault` with its address, mounts and a login, or write `delivery: environment`"])
      return
    }
    guard !vault.logins.isInvalid, vault.logins.value.count != 1 else { return }
    if vault.logins.value.isEmpty {
      // A map whose entries could not be read is not empty.
      guard let name = try? EntryName(parsing: "login"), vault.logins.isMissing(name) else { return }
      findings.add(
        "no login reads the secrets from Vault", at: secrets.delivery.span, label: "needs a login",
        help: [
          "add one under `vault.logins`, such as `external-secrets: { role: …, serviceAccount: …, audience: vault }`"
        ])
    } else {
      let names = vault.logins.value.map { "`\($0.name.value)`" }.joined(separator: ", ")
      findings.add(
        "the secrets could be read by any of \(vault.logins.value.count) logins", at: secrets.delivery.span,
        label: "by which login?",
        related: vault.logins.value.prefix(3).map { Diagnostic.Label($0.name.span, "") },
        help: ["add `login:` with one of \(names)"])
    }
  }
}
