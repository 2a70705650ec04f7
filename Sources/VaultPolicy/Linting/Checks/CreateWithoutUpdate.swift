import SourceDiagnostics

extension PolicyCheck {
  static let createWithoutUpdate = PolicyCheck(
    3123, "create-without-update", .warning,
    summary: "a rule grants `create` where every write is an `update`",
    rationale: """
      Vault asks for `create` only where the engine can tell whether something is there already, as `data/` and `metadata/` of
      KV v2 can. Everything else has no such check, `delete/`, `undelete/`, `destroy/` and `config` of KV v2 and nearly all of
      `sys/` and `auth/`: there every write needs `update`, and `create` alone is a rule that never helps.
      """,
    examples: [
      .flagged(
        """
        path "litellm/destroy/team" {
          capabilities = [⟦"create"⟧]
        }

        """,
        fixed: """
          path "litellm/destroy/team" {
            capabilities = ["update"]
          }

          """, base: .policy),
      .flagged(
        """
        path "auth/token/renew-self" {
          capabilities = [⟦"create"⟧]
        }

        """,
        fixed: """
          path "auth/token/renew-self" {
            capabilities = ["update"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/team" {
          capabilities = ["create"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, mounts in
      guard let place = rule.spans?.capabilities[.create], !rule.effectiveCapabilities.contains(.update),
        !rule.capabilities.contains(.deny)
      else { return nil }
      let text = rule.pattern.text
      let part = mounts.part(of: rule.pattern)?.part
      let lacksCheck =
        text.hasPrefix("sys/") || text.hasPrefix("auth/") || mounts.isConfiguration(rule.pattern)
        || [.delete, .undelete, .destroy].contains(part)
      guard lacksCheck else { return nil }
      return Diagnostic(
        kind, "`create` alone allows no write to `\(rule.pattern)`", at: place, label: "every write is an `update`",
        help: ["write `update`"],
        fixIts: rule.granting(rule.capabilities.subtracting(.create).union(.update), "write `update`", .unsafe))
    })
}
