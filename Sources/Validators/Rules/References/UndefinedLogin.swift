import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let undefinedLogin = Rule(
    2005, "undefined-login", .error, concludesFromAbsence: true,
    summary: "the secrets are read by a login that is not declared",
    rationale: """
      `secrets.login` names the entry of `vault.logins` whose token reads the secrets. Without it there is no role, no
      ServiceAccount and no policy, and the SecretStore could not be written.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          login: ⟦external-secret⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          secrets:
            delivery: external-secrets
            login: external-secrets
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }

          """),
      .allowed(
        """
        secrets:
          delivery: external-secrets
          login: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    guard let login = context.spec.secrets.value.login, !login.isInvalid, context.spec.vault?.isInvalid != true else {
      return
    }
    let logins = context.spec.vault?.value.logins
    if let logins, !logins.isMissing(login.value) { return }
    findings.addUndefined(
      "login", [login], among: logins?.value.map(\.name.value.text) ?? [], section: "vault.logins")
  }
}
