import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let policyPathMissingDataSegment = Rule(
    3006, "policy-path-missing-data-segment", .error,
    summary: "a rule on a KV v2 mount lacks `data/` or another of its segments",
    rationale: """
      `vault kv get litellm/api-keys` asks the API for `litellm/data/api-keys`, and policies are about the API. Below a KV
      v2 mount all requests go to `data/`, `metadata/`, `delete/`, `undelete/`, `destroy/`, `subkeys/` or `config`; a rule
      for anything else matches nothing, grants nothing and, with `deny`, keeps nobody out.

      Where such a rule is the reason that a secret cannot be read, secret-outside-policy-scope says so instead.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/+, capabilities: [read] }
                - { path: ⟦litellm/root-keys⟧, capabilities: [deny] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            policies:
              gateway-secrets:
                paths:
                  - { path: litellm/data/+, capabilities: [read] }
                  - { path: litellm/data/root-keys, capabilities: [deny] }
            logins:
              external-secrets:
                { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 }, legacy: { engine: kv, version: 1 } }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/+, capabilities: [read] }
                - { path: litellm/metadata/*, capabilities: [list] }
                - { path: legacy/team, capabilities: [read] }
          logins:
            external-secrets:
              { role: gateway, serviceAccount: gateway-eso, audience: vault, policies: [gateway-secrets] }

        """),
    ]
  ) { context, findings in
    guard let vault = context.spec.vault?.known else { return }
    let mounts = vault.mounts.value.filter {
      !$0.setting.isInvalid && $0.value.engine.known == .keyValue && $0.value.version.known == 2
    }
    for policy in context.policies where policy.origin != .derived {
      for rule in policy.policy.rules {
        guard let span = rule.primarySpan, !context.vaultScope.blames(rule), rule.pattern.flaw == nil,
          let mount = mounts.first(where: { rule.pattern.text.hasPrefix($0.name.value.text + "/") }),
          rule.pattern.lacksKeyValueSegment(of: mount)
        else { continue }
        let name = mount.name.value.text
        let corrected = "\(name)/data/\(rule.pattern.text.dropFirst(name.count + 1))"
        findings.add(
          "no request to the KV v2 mount `\(name)` has the path `\(rule.pattern)`", at: span, label: "lacks `data/`",
          related: [Diagnostic.Label(mount.name.span, "the mount is declared as version 2")],
          help: ["write `\(corrected)`"],
          fixIts: rule.writing(corrected, .unsafe))
      }
    }
  }
}

extension PathPattern {
  /// Whether no request to a KV v2 mount has such a path, for the segment behind the mount is none of the engine's.
  func lacksKeyValueSegment(of mount: NamedEntry<VaultMountPath, VaultMount>) -> Bool {
    guard mount.value.engine.known == .keyValue, mount.value.version.known == 2 else { return false }
    let rest = text.dropFirst(mount.name.value.text.count + 1)
    let segment = rest.prefix { $0 != "/" }
    // A wildcard in this segment stands for all of them.
    let isWhole = segment.count < rest.count || !endsInGlob
    return isWhole && !segment.hasPrefix("+") && !segment.hasPrefix("{{")
      && !Self.keyValueSegments.contains(String(segment))
  }

  /// The first segments of requests to a KV v2 mount (Vault API documentation, KV secrets engine version 2).
  private static let keyValueSegments: Set<String> = [
    "data", "metadata", "delete", "undelete", "destroy", "subkeys", "config",
  ]
}
