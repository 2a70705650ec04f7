import GatewaySpec
import SourceDiagnostics
import VaultPolicy

extension Rule {
  static let unusedMount = Rule(
    2017, "unused-mount", .warning, concludesFromAbsence: true,
    summary: "a declared mount of Vault holds nothing that is read",
    rationale: """
      A mount without a secret is set up in Vault and stays empty, or is the rest of a move to another path. A `database`
      engine that nothing reads is a promise of dynamic credentials while the password still stands in a key-value secret.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: { engine: kv, version: 2 }
            ⟦database⟧: { engine: database }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts:
              litellm: { engine: kv, version: 2 }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault }

        """),
    ]
  ) { context, findings in
    let secrets = context.spec.secrets
    guard !secrets.isInvalid, secrets.value.delivery.known?.readsVault == true, let vault = context.spec.vault?.known,
      !secrets.value.entries.isInvalid
    else { return }
    var used: Set<VaultMountPath> = []
    var isEachSecretLocated = true
    for secret in secrets.value.entries.value {
      guard let path = secret.value.vault?.known, let location = vault.locate(path) else {
        isEachSecretLocated = false
        continue
      }
      used.insert(location.mount.name.value)
    }
    // Whether the other paths of a policy are used is another question.
    var named: Set<String> = []
    for rule in context.writtenPolicies.flatMap(\.policy.rules) {
      let segments = rule.pattern.text.split(separator: "/").prefix(8)
      for length in segments.indices { named.insert(segments[...length].joined(separator: "/")) }
    }
    for mount in vault.mounts.value where !mount.setting.isInvalid && !used.contains(mount.name.value) {
      // A secret that lies nowhere has been reported, and is probably meant to lie in an unused key-value mount.
      if named.contains(mount.name.value.text) || (!isEachSecretLocated && mount.value.engine.known != .database) {
        continue
      }
      findings.add(
        "no secret lies in the mount `\(mount.name.value)`", at: mount.name.span, label: "unused",
        help: ["remove it, or read from it under `secrets.entries`"],
        fixIts: context.removing(context.removal(of: mount)))
    }
  }
}
