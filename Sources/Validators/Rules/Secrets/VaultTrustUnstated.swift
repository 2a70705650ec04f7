import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let vaultTrustUnstated = Rule(
    3023, "vault-trust-unstated", .warning, concludesFromAbsence: true,
    summary: "nothing says which authority signs the certificate of Vault",
    rationale: """
      Most Vault servers have a certificate of a private authority. Whoever reads secrets, External Secrets Operator or the
      runtime, knows only the public ones of its image: the connection fails, every sync with it, and the usual way out is to
      switch the check off. `vault.ca` names the ConfigMap or Secret with the authority, or says `system: true` where a public
      one signs.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: ⟦https://vault.example.com:8200⟧
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          ca: { configMap: vault-ca, key: ca.crt }
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          ca: { system: true }
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known?.readsVault == true, let vault = context.spec.vault?.known,
      vault.ca == nil, let address = vault.address.known, address.scheme == .https, !address.isLoopback
    else { return }
    findings.add(
      "nothing says which authority signs the certificate of `\(address.host)`", at: vault.address.span,
      label: "`ca` is missing",
      help: ["add `ca: { configMap: vault-ca, key: ca.crt }`, or `ca: { system: true }` for a public authority"])
  }
}
