import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let loginWithoutAudience = Rule(
    3010, "login-without-audience", .warning, concludesFromAbsence: true,
    summary: "a login shows a ServiceAccount token that is not made out to Vault",
    rationale: """
      A token without an audience of its own is valid for the Kubernetes API server as well: whoever gets hold of it on the
      way to Vault can use it against the cluster. With `audience` the token is good for Vault alone, and the role in Vault
      checks it. Vault 1.21 logs a warning for roles without one.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            ⟦external-secrets⟧: { role: gateway, serviceAccount: gateway-eso }

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
    for login in context.spec.vault?.known?.logins.value ?? NamedEntries<EntryName, VaultLogin>.placeholder {
      guard !login.setting.isInvalid, login.value.method.known?.usesServiceAccount == true, login.value.audience == nil
      else { continue }
      let edit = context.addition(ofKey: "audience: vault", toFlowMapping: login.setting.span)
      findings.add(
        "the login `\(login.name.value)` asks for no audience", at: login.name.span, label: "`audience` is missing",
        help: ["add `audience: vault`, and the same audience to the role in Vault"],
        fixIts: edit.map { [FixIt("add `audience: vault`", .unsafe, edits: [$0])] } ?? [])
    }
  }
}
