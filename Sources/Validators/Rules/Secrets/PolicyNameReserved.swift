import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let policyNameReserved = Rule(
    3040, "policy-name-reserved", .error,
    summary: "a policy has a name that Vault keeps for itself",
    rationale: """
      `root` is the policy of root tokens: it cannot be written, and Vault refuses a login whose role carries it.
      `response-wrapping` and `control-group` are made by Vault for its own tokens and cannot be written either.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
            ⟦control-group⟧: { paths: [{ path: litellm/data/api-keys, capabilities: [read] }] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets, ⟦root⟧] }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets:
                paths:
                  - { path: litellm/data/api-keys, capabilities: [read] }
                  - { path: litellm/data/database, capabilities: [read] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    guard let vault = context.spec.vault?.known else { return }
    for policy in vault.policies.value where PolicyName.problem(with: policy.name.value.text) == .reserved {
      findings.add(
        "Vault keeps the policy name `\(policy.name.value)` for itself", at: policy.name.span,
        label: "cannot be written",
        help: ["give the policy another name"])
    }
    for login in vault.logins.value {
      for name in login.value.policies.value
      where name.value.text == PolicyName.root && vault.policies.isMissing(name.value) {
        findings.add(
          "the login `\(login.name.value)` would be root", at: name.span, label: "refused for a login",
          help: ["name a policy that grants what is needed"],
          fixIts: context.removing(context.removal(of: name)))
      }
    }
  }
}
