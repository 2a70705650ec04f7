import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let tokenTTLOutOfRange = Rule(
    3029, "token-ttl-out-of-range", .warning,
    summary: "a token is to live longer than Vault lets it, or too short to be used",
    rationale: """
      Vault cuts the life of every token at the greatest TTL of the auth mount, 768 hours unless somebody has changed it, and
      warns in an answer that nobody reads. At the other end External Secrets Operator counts a token with less than a minute
      left as expired.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: ⟦90d⟧ }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: 768h }

          """),
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: ⟦30s⟧ }

        """,
        fixed: """
          vault:
            address: https://vault.example.com:8200
            mounts: { litellm: { engine: kv, version: 2 } }
            logins:
              external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: 20m }

          """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { role: gateway, serviceAccount: gateway-eso, audience: vault, tokenTTL: 20m }

        """),
    ]
  ) { context, findings in
    let (least, most) = (SpecDuration.minutes(1), SpecDuration.hours(768))
    for login in context.spec.vault?.known?.logins.value ?? NamedEntries<EntryName, VaultLogin>.placeholder {
      let life = login.value.tokenTTL
      guard !login.setting.isInvalid, login.value.method.known != .token, life.isWritten else { continue }
      let corrected = life.value > most ? "768h" : life.value < least ? "20m" : nil
      guard let corrected else { continue }
      findings.add(
        life.value > most
          ? "Vault cuts `\(life.value)` to its greatest TTL, 768h by default"
          : "a token that lives `\(life.value)` has expired before it is used",
        at: life.span, label: life.value > most ? "more than 768h" : "less than 1m", help: ["write `\(corrected)`"],
        fixIts: [FixIt("write `\(corrected)`", .unsafe, replace: life.span, with: corrected)])
    }
  }
}
