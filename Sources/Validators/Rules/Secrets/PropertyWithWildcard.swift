import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let propertyWithWildcard = Rule(
    3038, "property-with-wildcard", .warning,
    summary: "the field of a secret is named by a pattern",
    rationale: """
      A `property` that is no field of that name is read as a path of gjson: `*` and `?` take the first field that fits in the
      order of the alphabet, `#` counts, `|` and `@` transform. A field that somebody adds next year then changes which key the
      gateway sends.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: ⟦openai-*⟧ }
            database-url: { vault: litellm/database, property: url }

        """),
      .allowed(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known == .externalSecrets else { return }
    for secret in context.spec.secrets.value.entries.value {
      guard let property = secret.value.property, let text = property.known?.text,
        text.contains(where: { "*?#|".contains($0) }) || text.hasPrefix("@")
      else { continue }
      findings.add(
        "`\(text)` takes whichever field fits", at: property.span, label: "a pattern, not a name",
        help: ["write the name of the field"])
    }
  }
}
