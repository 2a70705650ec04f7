import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let policyWithoutRules = Rule(
    3032, "policy-without-rules", .warning, concludesFromAbsence: true,
    summary: "a policy has no rules",
    rationale: """
      A policy without rules grants nothing, and Vault accepts it without a word: `vault policy write … - <` that was cut off
      writes one. The login works, the token carries the name, and every read fails with 403.
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
            ⟦team⟧: { paths: [] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets, team] }

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
    // Where it keeps a secret from being read, that finding says so.
    guard context.vaultScope.gaps.isEmpty else { return }
    for policy in context.writtenPolicies where policy.policy.rules.isEmpty {
      findings.add(
        "the policy `\(policy.name.value)` grants nothing", at: policy.name.span, label: "no rules",
        help: ["write its rules, or leave `paths` out and they are derived from the secrets that are read"])
    }
  }
}
