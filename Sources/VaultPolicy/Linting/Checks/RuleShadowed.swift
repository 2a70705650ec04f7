import SourceDiagnostics

extension PolicyCheck {
  static let ruleShadowed = PolicyCheck(
    3118, "rule-shadowed", .warning,
    summary: "a narrow rule takes away what a broader one grants",
    rationale: """
      Vault lets the most specific rule that matches decide alone; capabilities of different patterns are never united. A
      narrow rule that was meant to add `update` for one path therefore takes `read` away there, and the broad rule that
      still grants `read` next to it hides the reason. Where a right is to be taken away, `deny` says so.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team/*" {
          capabilities = ["read"]
        }

        path ⟦"litellm/data/team/models"⟧ {
          capabilities = ["update"]
        }

        """,
        fixed: """
          path "litellm/data/team/*" {
            capabilities = ["read"]
          }

          path "litellm/data/team/models" {
            capabilities = ["read", "update"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/team/*" {
          capabilities = ["read"]
        }

        path "litellm/data/team/models" {
          capabilities = ["read", "update"]
        }

        path "litellm/data/team/private" {
          capabilities = ["deny"]
        }

        """, base: .policy),
    ],
    .token { kind, token in
      token.ranked.compactMap { ranked -> Diagnostic? in
        let (rule, broader) = (ranked.rule, ranked.broader)
        // What an empty rule and a deny take away is said of them alone.
        guard let span = rule.patternSpan, !rule.capabilities.isEmpty, !rule.capabilities.contains(.deny),
          !broader.capabilities.contains(.deny)
        else { return nil }
        var lost = broader.capabilities.subtracting(rule.capabilities)
        // Nothing is listed there.
        if token.mounts.part(of: rule.pattern)?.part == .data { lost.remove(.list) }
        guard !lost.isEmpty else { return nil }
        let names = lost.names.map { "`\($0)`" }.joined(separator: ", ")
        return Diagnostic(
          kind, "\(rule.name) takes \(names) away, which \(broader.name) grants", at: span, label: "decides alone here",
          related: broader.patternSpan.map { [Diagnostic.Label($0, "does not count for that path")] } ?? [],
          help: ["add \(names) to the capabilities of \(rule.name), or write `deny` if nothing is to be allowed"],
          fixIts: rule.contributors.count == 1
            ? rule.firstRule?.granting(rule.capabilities.union(lost), "add \(names)", .unsafe) ?? [] : [])
      }
    })
}
