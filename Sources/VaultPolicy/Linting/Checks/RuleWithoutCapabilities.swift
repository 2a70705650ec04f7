import SourceDiagnostics

extension PolicyCheck {
  static let ruleWithoutCapabilities = PolicyCheck(
    3126, "rule-without-capabilities", .warning,
    summary: "a rule grants nothing, and still decides",
    rationale: """
      A rule without capabilities is legal. It is not ignored: where it is the most specific one it decides, and what a
      broader rule grants is gone. It denies, only without the word, so that nobody who reads the policy sees it.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team" {
          capabilities = ⟦[]⟧
        }

        """,
        fixed: """
          path "litellm/data/team" {
            capabilities = ["deny"]
          }

          """, base: .policy),
      .flagged("path ⟦\"litellm/data/team\"⟧ {\n}\n", base: .policy),
      .allowed(
        """
        path "litellm/data/team" {
          capabilities = ["deny"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      guard let spans = rule.spans, rule.effectiveCapabilities.isEmpty else { return nil }
      return Diagnostic(
        kind, "`\(rule.pattern)` grants nothing and still decides",
        at: spans.attributes["capabilities"]?.value ?? spans.pattern,
        label: "no capabilities", help: ["name the capabilities, or write `deny` if that is meant"],
        fixIts: rule.granting(.deny, "write `deny`", .unsafe))
    })
}
