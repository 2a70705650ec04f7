import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let tokenNeverRenewed = Rule(
    3028, "token-never-renewed", .error,
    summary: "a token made by hand is dead before secrets are read again",
    rationale: """
      External Secrets Operator never renews a token that it is given: no code path does. With a token that lives shorter than
      the refresh interval the first sync works, which is the one that somebody watches, and every later one fails.
      """,
    examples: [
      .flagged(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { method: token, credential: { name: vault-token, key: token }, tokenTTL: ⟦30m⟧ }

        """),
      .allowed(
        """
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            external-secrets: { method: token, credential: { name: vault-token, key: token }, tokenTTL: 24h }

        """),
    ]
  ) { context, findings in
    let refresh = context.spec.secrets.value.refreshInterval
    guard let login = context.spec.secretLogin, context.isDeadBeforeNextRead(login) else { return }
    let life = login.value.tokenTTL
    findings.add(
      "the token of `\(login.name.value)` lives `\(life.value)`, and secrets are read again after `\(refresh.value)`",
      at: life.span, label: "nobody renews it",
      related: refresh.isWritten ? [Diagnostic.Label(refresh.span, "the next read")] : [],
      help: ["write `method: kubernetes`, which logs in anew for each read, or make the token live longer"])
  }
}

extension RuleContext {
  /// Whether a login uses a token that nobody renews and that ends before the secrets are read a second time.
  func isDeadBeforeNextRead(_ login: NamedEntry<EntryName, VaultLogin>) -> Bool {
    let secrets = spec.secrets.value
    guard secrets.delivery.known == .externalSecrets, login.name.value == spec.secretLogin?.name.value,
      login.value.method.known == .token, login.value.tokenTTL.isWritten, let interval = secrets.refreshInterval.known
    else { return false }
    return interval > .zero && login.value.tokenTTL.value <= interval
  }
}
