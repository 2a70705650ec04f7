import SourceDiagnostics

extension PolicyCheck {
  static let templateCanBeUnresolved = PolicyCheck(
    3121, "template-can-be-unresolved", .warning,
    summary: "a rule vanishes because its template has no value",
    rationale: """
      A parameter without a value drops the whole rule, and nobody is told. For a rule that grants this fails closed. A
      dropped `deny` is a hole: whoever lacks the metadata, or is in no group, is not denied. And a parameter that Vault does
      not know never has a value.
      """,
    examples: [
      .flagged(
        """
        path ⟦"litellm/data/{{identity.entity.metadata.team}}/private"⟧ {
          capabilities = ["deny"]
        }

        """, base: .policy),
      .flagged(
        """
        path ⟦"litellm/data/{{entity.name}}"⟧ {
          capabilities = ["read"]
        }

        """,
        fixed: """
          path "litellm/data/{{identity.entity.name}}" {
            capabilities = ["read"]
          }

          """, base: .policy),
      .allowed(
        """
        path "litellm/data/{{identity.entity.metadata.team}}/*" {
          capabilities = ["read"]
        }

        path "litellm/data/{{identity.entity.name}}/private" {
          capabilities = ["deny"]
        }

        """, base: .policy),
    ],
    .rule { kind, rule, _ in
      guard rule.pattern.isTemplated, let span = rule.primarySpan,
        let template = PatternTemplate(rule.pattern.written)
      else { return nil }
      if let unknown = template.parameters.first(where: { !Identity.knows($0) }) {
        let meant = "identity." + unknown
        return Diagnostic(
          kind, "Vault knows no template parameter `\(unknown)`, so that the rule never counts", at: span,
          label: "always dropped",
          help: [
            Identity.knows(meant)
              ? "write `{{\(meant)}}`"
              : "write one of `identity.entity.…`, `identity.groups.ids.ID.…` or `identity.groups.names.NAME.…`"
          ],
          fixIts: Identity.knows(meant)
            ? rule.writing(rule.pattern.written.replacing(unknown, with: meant), .unsafe) : [])
      }
      let always = ["identity.entity.id", "identity.entity.name"]
      guard rule.effectiveCapabilities.contains(.deny),
        let missing = template.parameters.first(where: { !always.contains($0) })
      else { return nil }
      return Diagnostic(
        kind, "the `deny` of `\(rule.pattern)` is dropped for tokens without `\(missing)`", at: span,
        label: "denies nothing then",
        help: ["deny the path without a template, or grant only what may be reached: the rest is denied anyway"])
    })
}

extension Identity {
  /// Whether a parameter has the form of one that Vault fills in for somebody.
  static func knows(_ parameter: String) -> Bool {
    func isField(_ field: Substring, _ maps: [String]) -> Bool {
      field == "id" || field == "name" || maps.contains { field.dropping($0 + ".")?.isEmpty == false }
    }
    if let rest = parameter.dropping("identity.entity.aliases.") {
      let parts = rest.split(separator: ".", maxSplits: 1)
      return parts.count == 2 && isField(parts[1], ["metadata", "custom_metadata"])
    }
    if let rest = parameter.dropping("identity.entity.") { return isField(rest, ["metadata"]) }
    guard let rest = parameter.dropping("identity.groups.") else { return false }
    let parts = rest.split(separator: ".", maxSplits: 2)
    return parts.count == 3 && (parts[0] == "ids" || parts[0] == "names") && isField(parts[2], ["metadata"])
  }
}
