import SourceDiagnostics

extension PolicyCheck {
  static let listOnDataPath = PolicyCheck(
    3115, "list-on-data-path", .warning,
    summary: "a rule grants `list` below the `data/` of a KV v2 engine",
    rationale: """
      A KV v2 engine lists under `metadata/` alone; nothing below `data/` answers a LIST. `vault kv list litellm` asks for
      `litellm/metadata/` and gets 403 in spite of such a rule, and whoever wrote it grants more and more until it works.
      What only reads known secrets, as External Secrets Operator does, needs no `list` at all.
      """,
    examples: [
      .flagged(
        """
        path "litellm/data/team/*" {
          capabilities = ["read", ⟦"list"⟧]
        }

        """,
        fixed: """
          path "litellm/data/team/*" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .flagged(
        """
        path "litellm/data/team/*" {
          capabilities = [⟦"list"⟧]
        }

        """,
        fixed: """
          path "litellm/metadata/team/*" {
            capabilities = ["list"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/team/*" {
          capabilities = ["read"]
        }

        path "litellm/metadata/team/*" {
          capabilities = ["list"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, mounts in
      guard let place = rule.spans?.capabilities[.list], !rule.capabilities.contains(.deny),
        let (part, rest) = mounts.part(of: rule.pattern), part == .data
      else { return nil }
      let mount = rule.pattern.text.dropLast(rest.isEmpty ? "/data".count : rest.count + "/data/".count)
      let listed = "\(mount)/metadata/\(rest)"
      let others = rule.capabilities.subtracting(.list)
      return Diagnostic(
        kind, "`list` on `\(rule.pattern)` lists nothing", at: place, label: "only `metadata/` is listed",
        help: [others.isEmpty ? "write `\(listed)`" : "remove `list`, or grant it on `\(listed)`"],
        fixIts: others.isEmpty
          ? rule.writing(listed, .unsafe) : rule.granting(others, "remove `list`", .safe))
    })
}
