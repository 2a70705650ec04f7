import SourceDiagnostics

extension PolicyCheck {
  static let globWithoutSlash = PolicyCheck(
    3124, "glob-without-slash", .note,
    summary: "a `*` follows a part of a name, so that the rule matches other names too",
    rationale: """
      A `*` at the end stands for any text, slashes included: `litellm/data/api*` is about `api-keys`, `api-keys-old` and
      everything below a folder `api/`. A team whose name begins like another's reads that one's secrets, and nobody sees it
      before there is such a name.
      """,
    examples: [
      .flagged(
        """
        path ⟦"litellm/data/team*"⟧ {
          capabilities = ["read"]
        }

        """,
        fixed: """
          path "litellm/data/team/*" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/team/*" {
          capabilities = ["read"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      let literal = rule.pattern.literalBytes
      let granted = rule.effectiveCapabilities
      guard rule.pattern.endsInGlob, !rule.pattern.hasForbiddenWildcards, let last = literal.last,
        last != PathPattern.slash, let span = rule.primarySpan, !granted.isEmpty, granted != .deny
      else { return nil }
      let text = rule.pattern.text.dropLast()
      return Diagnostic(
        kind, "`\(rule.pattern)` is about every name that begins so", at: span, label: "no `/` before the `*`",
        help: ["write `\(text)/*` for what lies below `\(text)`, or `\(text)` for that path alone"],
        fixIts: rule.writing("\(text)/*", .unsafe))
    })
}
