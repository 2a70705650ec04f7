import SourceDiagnostics

extension PolicyCheck {
  static let grantBesideDeny = PolicyCheck(
    3127, "grant-beside-deny", .warning,
    summary: "a rule grants and denies at once",
    rationale: """
      `deny` takes every other capability of its rule away, and Vault does not even read on behind it. The other words stand
      there for nobody: either the grant was meant and the path is closed, or the `deny` was meant and the next reader
      believes in a grant.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team" {
          capabilities = ["read", ⟦"deny"⟧]
        }

        """,
        fixed: """
          path "litellm/data/team" {
            capabilities = ["deny"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/team" {
          capabilities = ["deny"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      let lost = rule.capabilities.subtracting(.deny)
      guard let place = rule.spans?.capabilities[.deny], !lost.isEmpty else { return nil }
      let names = lost.names.map { "`\($0)`" }.joined(separator: ", ")
      return Diagnostic(
        kind, "`deny` takes \(names) of `\(rule.pattern)` away", at: place, label: "stands alone",
        related: lost.capabilities.prefix(3).compactMap { name in
          rule.spans?.capabilities[name].map { Diagnostic.Label($0, "means nothing here") }
        },
        help: ["keep `deny` alone, or remove it"], fixIts: rule.granting(.deny, "keep `deny` alone", .safe))
    })
}
