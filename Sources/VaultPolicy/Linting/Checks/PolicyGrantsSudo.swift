import SourceDiagnostics

extension PolicyCheck {
  static let policyGrantsSudo = PolicyCheck(
    3116, "policy-grants-sudo", .warning,
    summary: "a rule grants `sudo` on a path that does not ask for it",
    rationale: """
      `sudo` opens the few paths that Vault protects as it protects root, nearly all of them below `sys/` and `auth/`. On the
      path of a secret it means nothing today. It stands there because it "helped", and a pattern that is made wider later
      carries it along to a path where it does mean something: seal, raw storage, the audit devices.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team" {
          capabilities = ["read", ⟦"sudo"⟧]
        }

        """,
        fixed: """
          path "litellm/data/team" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .allowed(
        """
        path "sys/leases/revoke-prefix/database/creds/gateway" {
          capabilities = ["update", "sudo"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      guard let place = rule.spans?.capabilities[.sudo], !rule.capabilities.contains(.deny) else { return nil }
      let text = rule.pattern.text
      let fixed = text.prefix { !"*+{".contains($0) }
      // Protected paths outside of these: the root certificates of PKI engines.
      let mayBeProtected =
        fixed.isEmpty || ["sys/", "auth/"].contains { fixed.hasPrefix($0) || $0.hasPrefix(fixed) && fixed != text }
        || text.split(separator: "/").contains("root")
      if mayBeProtected { return nil }
      return Diagnostic(
        kind, "`sudo` on `\(rule.pattern)`, which no server protects", at: place, label: "means nothing here",
        help: ["remove `sudo`"],
        fixIts: rule.granting(rule.capabilities.subtracting(.sudo), "remove `sudo`", .unsafe))
    })
}
