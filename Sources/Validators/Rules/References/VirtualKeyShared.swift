import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let virtualKeyShared = Rule(
    2022, "virtual-key-shared", .error,
    summary: "two clients have the same key",
    rationale: """
      A key is how the gateway tells clients apart. With one key for two, models, budget and limits of one of the entries hold
      for both and those of the other for nobody, and the bill cannot be split. When the key leaks, both have to change it.
      """,
    examples: [
      .flagged(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci: { key: { secret: ci-key }, models: [gpt-4o-mini] }
            chat: { key: { secret: ⟦ci-key⟧ }, models: [gpt-4o-mini] }
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY }
            ci-key: { env: CI_KEY }

        """, base: .sluice),
      .allowed(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci: { key: { secret: ci-key }, models: [gpt-4o-mini] }
            chat: { key: { secret: chat-key }, models: [gpt-4o-mini] }
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY }
            ci-key: { env: CI_KEY }
            chat-key: { env: CHAT_KEY }

        """, base: .sluice),
    ]
  ) { context, findings in
    var first: [EntryName: NamedEntry<EntryName, VirtualKeySection>] = [:]
    for key in context.spec.auth.value.keys.value {
      guard let reference = key.value.key.known?.secret, let secret = reference.known else { continue }
      guard let earlier = first[secret] else {
        first[secret] = key
        continue
      }
      findings.add(
        "the clients `\(earlier.name.value)` and `\(key.name.value)` have one key", at: reference.span,
        label: "the same secret", related: [Diagnostic.Label(earlier.value.key.value.secret.span, "used here already")],
        help: ["declare a secret for each client under `secrets.entries`"])
    }
  }
}
