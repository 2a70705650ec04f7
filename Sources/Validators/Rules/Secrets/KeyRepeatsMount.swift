import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let keyRepeatsMount = Rule(
    3018, "key-repeats-mount", .warning,
    summary: "the path of a secret names its mount twice",
    rationale: """
      `vault kv put litellm/api-keys` already means the mount `litellm`. A store for that mount asked for the key
      `litellm/api-keys` does not read `litellm/data/litellm/api-keys`: External Secrets Operator cuts a repeated mount off
      once and reads `litellm/data/api-keys`, while listing and metadata keep it. A folder that is really called like its
      mount can therefore not be reached by its own name; what is compiled has a slash in front, which hides the repeat.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: ⟦litellm/litellm/api-keys⟧, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }
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
    let denied = Set(context.vaultScope.gaps.flatMap(\.reads).map(\.path.span))
    for read in context.vaultScope.reads where !denied.contains(read.path.span) {
      guard let corrected = read.withoutRepeatedMount else { continue }
      let mount = read.location.mount
      let version: ExternalSecretsPath.EngineVersion = mount.value.version.value == 1 ? .v1 : .v2
      let asked = ExternalSecretsPath(storePath: mount.name.value.text, version: version).read(read.location.key)
      findings.add(
        "`\(read.path.value)` names the mount `\(mount.name.value)` twice", at: read.path.span,
        label: "lies at `\(read.location.apiPath)`", related: [Diagnostic.Label(mount.name.span, "the mount")],
        notes: ["asked for `\(read.location.key)`, External Secrets Operator reads `\(asked)`"],
        help: ["write `\(corrected.path)`, or give the folder another name"],
        fixIts: [FixIt("write `\(corrected.path)`", .unsafe, replace: read.path.span, with: corrected.path)])
    }
  }
}
