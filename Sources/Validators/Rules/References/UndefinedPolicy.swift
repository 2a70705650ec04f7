import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let undefinedPolicy = Rule(
    2004, "undefined-policy", .error, concludesFromAbsence: true,
    summary: "a login carries a Vault policy that is not declared",
    rationale: """
      Vault lets a role name a policy that does not exist: the login succeeds, the token carries the name, and the name
      grants nothing. Every read then fails with 403, which never tells why.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets: { paths: [{ path: litellm/data/+, capabilities: [read] }] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [⟦gateway-secret⟧] }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets: { paths: [{ path: litellm/data/+, capabilities: [read] }] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

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
    guard let vault = context.spec.vault?.known else { return }
    let uses = vault.logins.value.flatMap { Array($0.value.policies.value) }
      .filter { ![PolicyName.default, PolicyName.root].contains($0.value.text) && vault.policies.isMissing($0.value) }
    findings.addUndefined(
      "policy", uses, among: vault.policies.value.map(\.name.value.text), section: "vault.policies")
  }
}
