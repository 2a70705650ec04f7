import SourceDiagnostics

extension PolicyCheck {
  static let legacyPolicyKey = PolicyCheck(
    3128, "legacy-policy-key", .warning,
    summary: "a rule states its rights by the old key `policy`",
    rationale: """
      `policy = "read"` is the notation of the first releases. It grants more than it says, `list` with `read` and `delete`
      with `write`, cannot express `patch`, and is added to the `capabilities` of the same rule. Written out, what is granted
      can be reviewed.
      """,
    examples: [
      .flagged(
        """
        path "litellm/metadata/team/*" {
          ⟦policy⟧ = "read"
        }

        """,
        fixed: """
          path "litellm/metadata/team/*" {
            capabilities = ["read", "list"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/metadata/team/*" {
          capabilities = ["read", "list"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      guard let legacy = rule.legacyPolicy, let spans = rule.spans, let place = spans.attributes["policy"] else {
        return nil
      }
      let words = rule.effectiveCapabilities.names.map { "\"\($0)\"" }.joined(separator: ", ")
      let text = "capabilities = [\(words)]"
      // In JSON the key has quotes, and beside a list of capabilities there are two places to change.
      let isAlone = spans.attributes["capabilities"] == nil && place.key.length == "policy".utf8.count
      return Diagnostic(
        kind, "`policy = \"\(legacy.rawValue)\"` is the old way to say `\(text)`", at: place.key,
        label: "the old key", help: ["write `\(text)`"],
        fixIts: isAlone ? [FixIt("write `\(text)`", .safe, replace: place.key.union(place.value), with: text)] : [])
    })
}
