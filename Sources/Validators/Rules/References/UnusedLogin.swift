import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unusedLogin = Rule(
    2016, "unused-login", .warning,
    summary: "a declared Vault login reads nothing",
    rationale: """
      A login becomes a role in Vault: a ServiceAccount that may log in, and policies that it then carries. One that the
      gateway does not use is a door that nobody watches; it is left behind when `secrets.login` is changed to another.

      A login with policies of its own is there for somebody else, such as the people who put the secrets in, and is left
      alone.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
            ⟦before⟧: { role: gateway-old, serviceAccount: gateway-old, audience: vault }
        secrets:
          delivery: external-secrets
          login: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
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
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known?.readsVault == true, let vault = context.spec.vault?.known,
      let used = context.spec.secretLogin, let choice = context.spec.secrets.value.login
    else { return }
    let carried = Set(context.spec.policyNames(of: used))
    for login in vault.logins.value where !login.setting.isInvalid && login.name.value != used.name.value {
      let policies = login.value.policies
      if policies.isInvalid || (policies.isWritten && !carried.isSuperset(of: policies.value.map(\.value))) { continue }
      findings.add(
        "nothing is read by the login `\(login.name.value)`", at: login.name.span, label: "unused",
        related: [Diagnostic.Label(choice.span, "the login that reads the secrets")], help: ["remove it"],
        fixIts: context.removing(context.removal(of: login)))
    }
  }
}
