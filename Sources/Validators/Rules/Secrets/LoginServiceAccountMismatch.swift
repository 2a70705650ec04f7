import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let loginServiceAccountMismatch = Rule(
    3024, "login-service-account-mismatch", .error,
    summary: "two logins share a role of Vault and disagree about it",
    rationale: """
      A role is one object in Vault: which ServiceAccount may log in with it, for which audience, and which policies the token
      carries. Two logins that name one role write it twice, the second over the first, and the first is then refused with
      "service account name not authorized" or carries the wrong policies.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
            migration: { role: ⟦gateway⟧, serviceAccount: gateway-migration, audience: vault }
        secrets:
          delivery: external-secrets
          login: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
            migration: { role: gateway-migration, serviceAccount: gateway-migration, audience: vault }
        secrets:
          delivery: external-secrets
          login: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    struct Role: Hashable {
      let mount: String
      let name: EntryName
    }
    var first: [Role: NamedEntry<EntryName, VaultLogin>] = [:]
    for login in context.spec.vault?.known?.logins.value ?? NamedEntries<EntryName, VaultLogin>.placeholder {
      guard !login.setting.isInvalid, login.value.method.known?.usesServiceAccount == true, let role = login.value.role,
        let name = role.known
      else { continue }
      let key = Role(mount: login.value.effectiveMountPath, name: name)
      guard let earlier = first[key] else {
        first[key] = login
        continue
      }
      let differences: [(name: String, differs: Bool)] = [
        ("ServiceAccount", earlier.value.serviceAccount?.value != login.value.serviceAccount?.value),
        ("audience", earlier.value.audience?.value != login.value.audience?.value),
        (
          "policies",
          Set(context.spec.policyNames(of: earlier)) != Set(context.spec.policyNames(of: login))
            && (earlier.value.policies.isWritten || login.value.policies.isWritten)
        ),
      ]
      let names = differences.filter(\.differs).map(\.name).joined(separator: " and ")
      if names.isEmpty { continue }
      findings.add(
        "the logins `\(earlier.name.value)` and `\(login.name.value)` share the role `\(name)` and differ in \(names)",
        at: role.span, label: "the same role",
        related: [Diagnostic.Label(earlier.value.role?.span ?? earlier.name.span, "the first one")],
        help: ["give each login a role of its own"])
    }
  }
}
