import SourceDiagnostics

extension PolicyCheck {
  static let policyGrantsEverything = PolicyCheck(
    3117, "policy-grants-everything", .warning,
    summary: "a rule grants something on every path of Vault",
    rationale: """
      `path "*"` reaches every secret of every team, the policies themselves and the auth methods: a login with it can give
      itself any right. One leaked ServiceAccount token then costs all secrets, not those of one gateway.
      """,
    examples: [
      .flagged(
        """
        path ⟦"*"⟧ {
          capabilities = ["read", "list"]
        }

        """, base: .policy),
      .flagged(
        """
        path ⟦"+/*"⟧ {
          capabilities = ["create", "read", "update"]
        }

        """, base: .policy),
      .allowed(
        """
        path "*" {
          capabilities = ["deny"]
        }

        path "litellm/data/team/*" {
          capabilities = ["read"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      let granted = rule.effectiveCapabilities
      guard let span = rule.primarySpan, rule.pattern.kind != .exact, !granted.isEmpty, granted != .deny,
        rule.pattern.segments.allSatisfy({ $0.isEmpty || PathPattern.isWildcard($0) })
      else { return nil }
      let names = granted.names.map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        kind, "`\(rule.pattern)` grants \(names) on every path", at: span, label: "matches everything",
        help: ["write one rule for each path that is used, such as `litellm/data/api-keys`"])
    })
}
