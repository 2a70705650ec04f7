import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let keyContainsDataSegment = Rule(
    3008, "key-contains-data-segment", .error,
    summary: "the path of a secret holds the `data/` that its KV v2 mount adds by itself",
    rationale: """
      Secrets are named as `vault kv get` takes them. `data/` belongs to the API path and is added for every KV v2 mount,
      so that `litellm/data/api-keys` would be asked for as `litellm/data/data/api-keys`. External Secrets Operator hides
      the mistake for some spellings and not for others, which makes it worse.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: ⟦litellm/data/api-keys⟧, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          secrets:
            delivery: external-secrets
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
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
    for read in context.vaultScope.reads where read.keyStartsWithData {
      let mount = read.location.mount.name
      let corrected = "\(mount.value)/\(read.location.key.dropFirst("data/".count))"
      findings.add(
        "`\(read.path.value)` repeats the `data/` of a KV v2 mount", at: read.path.span,
        label: "would be asked for as `\(read.location.apiPath)`",
        related: [Diagnostic.Label(mount.span, "the mount is declared as version 2")], help: ["write `\(corrected)`"],
        fixIts: [FixIt("write `\(corrected)`", .unsafe, replace: read.path.span, with: corrected)])
    }
  }
}
