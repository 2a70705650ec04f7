import SourceDiagnostics

extension PolicyCheck {
  static let broadDenyIneffective = PolicyCheck(
    3119, "broad-deny-ineffective", .warning,
    summary: "a `deny` is broader than a rule that grants, and does not reach it",
    rationale: """
      `deny` wins over grants for the same pattern only. Where a more specific rule grants, that rule decides, and the broad
      `deny` is not even looked at. People write it as a safety net, and it catches nothing: what no rule grants is denied
      anyway, and what a narrower rule grants stays granted.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team/models" {
          capabilities = ["read"]
        }

        path "litellm/data/team/*" {
          capabilities = [⟦"deny"⟧]
        }

        """, base: .policy),
      .allowed(
        """
        path "litellm/data/team/*" {
          capabilities = ["read"]
        }

        path "litellm/data/team/private" {
          capabilities = ["deny"]
        }

        """, base: .policy),
    ],
    .token { kind, token in
      let reached = token.ranked.filter { ranked in
        ranked.broader.capabilities.contains(.deny) && !ranked.rule.capabilities.contains(.deny)
          && !ranked.rule.capabilities.isEmpty
      }
      let grants = Dictionary(grouping: reached, by: \.broader.pattern)
      return token.rules.compactMap { deny -> Diagnostic? in
        guard let grants = grants[deny.pattern], let first = grants.first,
          let written = deny.contributors(deciding: .deny).first?.rule, let spans = written.spans
        else { return nil }
        return Diagnostic(
          kind, "the `deny` of \(deny.name) does not hold for \(first.rule.name)",
          at: spans.capabilities[.deny] ?? spans.pattern, label: "not looked at there",
          related: grants.prefix(3).compactMap { grant in
            grant.rule.patternSpan.map { Diagnostic.Label($0, "more specific, so it decides alone") }
          },
          help: [
            "deny the path itself if it must not be reached; otherwise remove the rule, for what nothing grants is denied"
          ])
      }
    })
}
