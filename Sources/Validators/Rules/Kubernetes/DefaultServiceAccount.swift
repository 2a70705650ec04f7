import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let defaultServiceAccount = Rule(
    6011, "default-service-account", .warning,
    summary: "a Vault login belongs to the namespace's default ServiceAccount",
    rationale: """
      Every pod that names no account of its own runs as `default`. A Vault role that is bound to it hands the gateway's
      secrets to whatever else is started in the namespace: a debugging pod, a job of a chart, an attacker with the right to
      create pods. An account that nothing else uses costs one line, and the compiler writes it.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { method: kubernetes, role: gateway, serviceAccount: ⟦default⟧, audience: vault }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { method: kubernetes, role: gateway, serviceAccount: gateway-vault, audience: vault }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { method: kubernetes, role: gateway, serviceAccount: gateway-vault, audience: vault }

        """),
    ]
  ) { context, findings in
    for login in context.spec.vault?.known?.logins.value ?? .placeholder where !login.setting.isInvalid {
      guard let account = login.value.serviceAccount, account.known?.text == "default" else { continue }
      let own = "\(context.spec.metadata.value.name.value)-vault"
      findings.add(
        "every pod without an account of its own may log in as `\(login.name.value)`", at: account.span,
        label: "shared by the whole namespace", help: ["write an account that nothing else uses, such as `\(own)`"],
        fixIts: [FixIt("write `\(own)`", .unsafe, replace: account.span, with: own)])
    }
  }
}
