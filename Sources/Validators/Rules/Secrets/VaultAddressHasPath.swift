import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let vaultAddressHasPath = Rule(
    3036, "vault-address-has-path", .error,
    summary: "the address of Vault holds a path of its API or of its web page",
    rationale: """
      Clients put `/v1/` behind the address themselves. With `https://vault.example.com/v1` they ask for
      `/v1/v1/auth/kubernetes/login`, which does not exist, and the error says "permission denied" or "unsupported path". `/ui`
      is what a browser shows.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: ⟦https://vault.example.com:8200/v1⟧
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

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
    guard let address = context.spec.vault?.known?.address, let url = address.known else { return }
    let path = url.path
    guard let part = ["/v1", "/ui"].first(where: { path == $0 || path.hasPrefix($0 + "/") }) else { return }
    let corrected = "\(url.scheme.rawValue)://\(url.authority)"
    findings.add(
      "the address of Vault ends with `\(path)`", at: address.span,
      label: part == "/v1" ? "`/v1` is added by every client" : "the web page, not the API",
      help: ["write `\(corrected)`"],
      fixIts: [FixIt("write `\(corrected)`", .safe, replace: address.span, with: corrected)])
  }
}
