import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let mountInsideMount = Rule(
    3039, "mount-inside-mount", .error,
    summary: "a mount lies inside another mount",
    rationale: """
      Vault refuses it: "path is already in use at litellm/". Whichever engine is mounted first owns everything below its path, and
      the setup stops at the second.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 }, ⟦litellm/team⟧: { engine: kv, version: 2 } }
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
    guard let mounts = context.spec.vault?.known?.mounts.value else { return }
    let byPath = Dictionary(mounts.map { ($0.name.value.text, $0) }, uniquingKeysWith: { first, _ in first })
    for mount in mounts {
      let segments = mount.name.value.text.split(separator: "/")
      let outer = segments.indices.dropFirst().lazy.compactMap { byPath[segments[..<$0].joined(separator: "/")] }.first
      guard let outer else { continue }
      findings.add(
        "the mount `\(mount.name.value)` lies inside the mount `\(outer.name.value)`", at: mount.name.span,
        label: "refused by Vault", related: [Diagnostic.Label(outer.name.span, "owns everything below it")],
        help: ["mount it beside the other, or keep its secrets in a folder of `\(outer.name.value)`"])
    }
  }
}
