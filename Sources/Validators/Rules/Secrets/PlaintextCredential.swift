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
            LITELLM_MASTER_KEY: ⟦sk-1234⟧

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
    func check(_ text: String, named name: String, at span: SourceSpan) {
      guard CredentialShape.isCredential(text, named: name) else { return }
      // The value itself is never repeated.
      findings.add(
        "the value of `\(name)` looks like \(CredentialShape.kind(of: text) ?? "a credential")", at: span,
        label: "in plain text", notes: ["revoke it: whoever can read this file has it"],
        help: ["declare it under `secrets.entries` and refer to it by name"], concealed: [span])
    }
    func check(_ value: Setting<FreeValue>, named name: String) {
      switch value.value {
      case .text(let text): check(text, named: name, at: value.span)
      case .list(let elements): for element in elements { check(element, named: name) }
      case .map(let entries): for entry in entries { check(entry.value, named: entry.key) }
      case .null, .boolean, .integer, .number: break
      }
    }
    let spec = context.spec
    let engine = spec.engine.value
    for variable in engine.env.value where !variable.setting.isInvalid {
      check(variable.value.text, named: variable.name.value.text, at: variable.setting.span)
    }
    if let settings = engine.settings, !settings.isInvalid { check(settings, named: "settings") }
    let annotations =
      Array(spec.metadata.value.annotations.value) + Array(spec.ingress?.value.annotations.value ?? .placeholder)
    for annotation in annotations where !annotation.setting.isInvalid {
      check(annotation.value.text, named: annotation.name.value.text, at: annotation.setting.span)
    }
  }
}
