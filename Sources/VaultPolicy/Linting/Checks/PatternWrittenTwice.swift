import SourceDiagnostics

extension PolicyCheck {
  static let patternWrittenTwice = PolicyCheck(
    3129, "pattern-written-twice", .warning,
    summary: "one policy has two rules for one pattern",
    rationale: """
      Vault unites them: the path gets the capabilities of both, and a `deny` in either closes it. Whoever reads one of the
      two blocks is wrong about the path, and whoever removes one changes less than it seems.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team" {
          capabilities = ["read"]
        }

        path ⟦"litellm/data/team"⟧ {
          capabilities = ["update"]
        }

        """, base: .policy),
      .allowed(
        """
        path "litellm/data/team" {
          capabilities = ["read", "update"]
        }

        """, base: .policy),
    ],
    .rules { kind, rules in
      var first: [PathPattern: PolicyRule] = [:]
      var findings: [Diagnostic] = []
      for rule in rules {
        if let earlier = first[rule.pattern] {
          if let finding = finding(kind, rule, after: earlier) { findings.append(finding) }
        } else {
          first[rule.pattern] = rule
        }
      }
      return findings
    })

  private static func finding(_ kind: RuleDescription, _ rule: PolicyRule, after earlier: PolicyRule) -> Diagnostic? {
    guard let span = rule.primarySpan else { return nil }
    let united = earlier.effectiveCapabilities.union(rule.effectiveCapabilities).effective
    let names = united.names.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(
      kind, "a second rule is about `\(rule.pattern)`", at: span, label: "united with the first",
      related: earlier.primarySpan.map { [Diagnostic.Label($0, "the first one")] } ?? [],
      notes: names.isEmpty ? [] : ["together they mean \(names)"], help: ["write one rule with what is meant"])
  }
}
