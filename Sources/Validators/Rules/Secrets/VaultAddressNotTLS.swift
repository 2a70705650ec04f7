import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let vaultAddressNotTLS = Rule(
    3011, "vault-address-not-tls", .error,
    summary: "the connection to Vault has no TLS",
    rationale: """
      Over plain HTTP the ServiceAccount token, the Vault token and every secret cross the network as readable text, and
      nobody proves that the other side is Vault. Addresses of the same machine are left alone.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: ⟦http://vault.vault.svc:8200⟧
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """,
        fixed: """
          vault:
            address: https://vault.vault.svc:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

          """),
      .allowed(
        """
        vault:
          address: http://127.0.0.1:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    guard let address = context.spec.vault?.known?.address, let url = address.known, url.scheme == .http,
      !url.isLoopback
    else { return }
    let corrected = "https" + url.text.dropFirst("http".count)
    findings.add(
      "secrets would cross the network to `\(url.host)` unencrypted", at: address.span, label: "plain HTTP",
      help: ["write `\(corrected)`; a private authority is named by `vault.ca`"],
      fixIts: [FixIt("write `\(corrected)`", .unsafe, replace: address.span, with: corrected)])
  }
}
