import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let plaintextCredential = Rule(
    3015, "plaintext-credential", .error,
    summary: "a credential stands in the spec",
    rationale: """
      What is committed is published to everybody who can read the repository, now and in its history, and what is written
      as a plain environment variable or annotation can be read with `kubectl get`. A credential that has been in a file
      like this one is to be revoked, not only removed.

      Judged are environment variables, annotations and the engine's settings: by the look of the value (keys of providers,
      Vault tokens, private keys, URLs with a password) and by the name under which it stands.
      """,
    examples: [
      .flagged(
        """
        engine:
          type: litellm
          env: { SLACK_WEBHOOK: ⟦hvs.thisisonlyanexampleofavaulttoken⟧ }

        """),
      .flagged(
        """
        engine:
          type: litellm
          settings: { cache_params: { type: redis, host: redis, password: ⟦correct-horse⟧ } }

        """),
      .flagged(
        """
        engine:
          type: litellm
          env:
            LITELLM_MASTER_KEY: ⟦correct-horse-battery-staple⟧

        """),
      .flagged(
        """
        metadata:
          name: gateway
          namespace: ai-services
          annotations: { example.com/dsn: ⟦"postgresql://litellm:hunter2@db.example.com/litellm"⟧ }

        """),
      .allowed(
        """
        engine:
          type: litellm
          env: { LITELLM_MODE: PRODUCTION, MAX_TOKEN: "4096" }
          settings: { cache_params: { type: redis, host: redis, password: os.environ/REDIS_PASSWORD } }
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }
            redis-password: { vault: litellm/api-keys, property: redis-password, env: REDIS_PASSWORD }

        """),
    ]
  ) { context, findings in
    for text in context.plainTexts
    where CredentialShape.isCredential(text.value, named: text.name) && !isWeakMasterKey(text.value, named: text.name) {
      // The value itself is never repeated.
      findings.add(
        "the value of `\(text.name)` looks like \(CredentialShape.kind(of: text.value) ?? "a credential")",
        at: text.span,
        label: "in plain text", notes: ["revoke it: whoever can read this file has it"],
        help: ["declare it under `secrets.entries` and refer to it by name"], concealed: [text.span])
    }
  }
}
