import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let kvVersionMismatch = Rule(
    3020, "kv-version-mismatch", .error,
    summary: "a key-value mount is declared as version 1, and everything else speaks of version 2",
    rationale: """
      Version 2 of the key-value engine has `data/` in every API path, version 1 has none, and External Secrets Operator is told
      the version and never finds it out. With the wrong one it asks a version 2 engine for `litellm/api-keys` and gets 404 with
      a warning that nobody sees, while the policy grants `litellm/data/api-keys`.

      The other way round, rules without `data/` on a version 2 mount, is policy-path-missing-data-segment.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: ⟦1⟧ } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

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
          mounts: { litellm: { engine: kv, version: 1 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/api-keys, capabilities: [read] }
                - { path: litellm/database, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    for mismatch in context.vaultScope.mismatches {
      let version = mismatch.mount.value.version
      findings.add(
        "the mount `\(mismatch.mount.name.value)` is declared as version 1, and `\(mismatch.text)` is a path of version 2",
        at: version.span, label: "version 1", related: [Diagnostic.Label(mismatch.witness, "speaks of version 2")],
        help: ["write `version: 2`, or take `data/` out of the paths"],
        fixIts: [FixIt("write `2`", .unsafe, replace: version.span, with: "2")])
    }
  }
}
