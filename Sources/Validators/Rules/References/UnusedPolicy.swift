import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let unusedPolicy = Rule(
    2012, "unused-policy", .warning, concludesFromAbsence: true,
    summary: "a declared Vault policy is carried by no login",
    rationale: """
      A policy that no login carries is written to Vault and waits there for a role that somebody attaches it to by hand.
      It grants without being seen in any review of the logins.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets: { paths: [{ path: litellm/data/+, capabilities: [read] }] }
            ⟦gateway-old⟧: { paths: [{ path: litellm/data/*, capabilities: [read] }] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

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
          policies:
            gateway-secrets: { paths: [{ path: litellm/data/+, capabilities: [read] }] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    guard let vault = context.spec.vault?.known, !vault.logins.isInvalid,
      vault.logins.value.allSatisfy({ login in
        let policies = login.value.policies
        return !login.setting.isInvalid && !policies.isInvalid && (policies.value.isComplete || !policies.isWritten)
      })
    else { return }
    let names = vault.logins.value.flatMap(context.spec.policyNames(of:))
    // A policy that is named wrongly has been reported, and is probably the unused one.
    let written = vault.logins.value.filter(\.value.policies.isWritten).flatMap(context.spec.policyNames(of:))
    if written.contains(where: { $0.text != PolicyName.default && vault.policies.isMissing($0) }) { return }
    let used = Set(names)
    for policy in vault.policies.value where !policy.setting.isInvalid && !used.contains(policy.name.value) {
      findings.add(
        "no login carries the policy `\(policy.name.value)`", at: policy.name.span, label: "unused",
        help: ["remove it, or name it in the `policies` of a login"],
        fixIts: context.removing(context.removal(of: policy)))
    }
  }
}
