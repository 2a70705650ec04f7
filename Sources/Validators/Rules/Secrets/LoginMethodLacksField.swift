import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let loginMethodLacksField = Rule(
    3017, "login-method-lacks-field", .error, concludesFromAbsence: true,
    summary: "a login lacks what its method needs",
    rationale: """
      Each method proves the identity in its own way: `kubernetes` and `jwt` show the token of a ServiceAccount and ask for
      a role, `approle` shows a role id and a secret id, `token` shows a token that lies in a Kubernetes Secret. Without
      them there is nothing to log in with.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            ⟦external-secrets⟧: { method: kubernetes, audience: vault }

        """),
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            ⟦external-secrets⟧: { method: approle, roleID: 8e5f2c4a-gateway }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets:
              method: approle
              roleID: 8e5f2c4a-gateway
              credential: { name: vault-approle, key: secret-id }

        """),
    ]
  ) { context, findings in
    for login in context.spec.vault?.known?.logins.value ?? NamedEntries<EntryName, VaultLogin>.placeholder {
      guard !login.setting.isInvalid, let method = login.value.method.known else { continue }
      let needed: [(key: String, isWritten: Bool)] =
        switch method {
        case .kubernetes, .jwt:
          [("role", login.value.role != nil), ("serviceAccount", login.value.serviceAccount != nil)]
        case .approle: [("roleID", login.value.roleID != nil), ("credential", login.value.credential != nil)]
        case .token: [("credential", login.value.credential != nil)]
        }
      let missing = needed.filter { !$0.isWritten }.map { "`\($0.key)`" }.joined(separator: " and ")
      if missing.isEmpty { continue }
      let place = login.value.method
      findings.add(
        "the login `\(login.name.value)` lacks \(missing), which the method `\(method.rawValue)` needs",
        at: login.name.span, label: "\(missing) missing",
        related: place.isWritten ? [Diagnostic.Label(place.span, "the method")] : [], help: ["add \(missing)"])
    }
  }
}
