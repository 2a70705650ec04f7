import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let loginWithDefaultAccount = Rule(
    3025, "login-with-default-account", .warning,
    summary: "a login shows the token of the namespace's default ServiceAccount",
    rationale: """
      Every pod of a namespace that names no other account runs as `default`. A role that is bound to it lets each of them log in
      to Vault as the gateway: a debugging pod, a job of another team, whatever gets into the namespace.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: ⟦default⟧, audience: vault }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

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
    for login in context.spec.vault?.known?.logins.value ?? NamedEntries<EntryName, VaultLogin>.placeholder {
      guard let account = login.value.serviceAccount, account.known?.text == "default" else { continue }
      let name = "\(context.spec.metadata.value.name.value)-eso"
      findings.add(
        "the login `\(login.name.value)` is open to every pod of the namespace", at: account.span,
        label: "what pods run as by default",
        help: ["write the name of an account for this login alone, such as `\(name)`"],
        fixIts: [FixIt("write `\(name)`", .unsafe, replace: account.span, with: name)])
    }
  }
}
