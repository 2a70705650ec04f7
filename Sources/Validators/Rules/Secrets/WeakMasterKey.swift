import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let weakMasterKey = Rule(
    3035, "weak-master-key", .error,
    summary: "the master key can be guessed",
    rationale: """
      `sk-1234` is the master key of every tutorial, and scanners try it first. Whoever has the master key makes keys, reads what
      was sent and spends the providers' money. The key is a secret like the others: at least 32 random characters behind `sk-`,
      such as `sk-$(openssl rand -hex 24)`, kept in Vault.
      """,
    examples: [
      .flagged(
        """
        engine:
          type: litellm
          env:
            LITELLM_MASTER_KEY: ⟦sk-1234⟧

        """),
      .allowed(
        """
        auth: { masterKey: { secret: master-key }, saltKey: { secret: salt-key } }

        """),
    ]
  ) { context, findings in
    for text in context.plainTexts where isWeakMasterKey(text.value, named: text.name) {
      findings.add(
        "the value of `\(text.name)` can be guessed", at: text.span,
        label: "\(text.value.count) characters in plain text",
        help: ["write `auth: { masterKey: { secret: … } }` and let the secret be long and random"],
        concealed: [text.span])
    }
  }

  /// Whether a literal is a master key that somebody can guess. One that is long enough is still in plain text, which is
  /// plaintext-credential's business.
  static func isWeakMasterKey(_ text: String, named name: String) -> Bool {
    let isMasterKey = ["litellm_master_key", "proxy_master_key", "master_key"].contains(name.lowercased())
    return isMasterKey && !text.isEmpty && !text.hasPrefix("os.environ/") && text.count < shortestMasterKey
  }

  /// A key of this many characters is not guessed.
  private static let shortestMasterKey = 20
}
