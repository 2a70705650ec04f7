import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let staticTokenLogin = Rule(
    3009, "static-token-login", .warning,
    summary: "a login uses a Vault token that somebody made by hand",
    rationale: """
      External Secrets Operator never renews a token. An ordinary one dies at its TTL, 32 days at most by default, and from
      then on every sync fails while the pods run on with old secrets. A token that lives longer is a password in a
      Kubernetes Secret. The method `kubernetes` needs neither: the ServiceAccount's own short-lived token is the proof.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { method: ⟦token⟧, credential: { name: vault-token, key: token } }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { method: kubernetes, role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    for login in context.spec.vault?.known?.logins.value ?? NamedEntries<EntryName, VaultLogin>.placeholder {
      guard login.value.method.known == .token, !context.isDeadBeforeNextRead(login) else { continue }
      findings.add(
        "nobody renews the token of the login `\(login.name.value)`", at: login.value.method.span,
        label: "a token made by hand",
        help: ["write `method: kubernetes` with a `role`, a `serviceAccount` and an `audience`"])
    }
  }
}
