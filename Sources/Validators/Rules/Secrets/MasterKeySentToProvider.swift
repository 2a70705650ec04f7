import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let masterKeySentToProvider = Rule(
    3042, "master-key-sent-to-provider", .error,
    summary: "the master key is sent to a provider as its key",
    rationale: """
      The provider refuses it, and has read it: the key that opens every endpoint of the gateway stands in the logs of another
      company. It happens when an entry is copied and the name of the secret stays.
      """,
    examples: [
      .flagged(
        """
        providers:
          openai: { type: openai, apiKey: { secret: ⟦master-key⟧ } }

        """),
      .allowed(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }

        """),
    ]
  ) { context, findings in
    guard let master = context.spec.auth.value.masterKey?.known?.secret, let secret = master.known else { return }
    for provider in context.spec.providers.value {
      guard let reference = provider.value.apiKey?.known?.secret, reference.known == secret else { continue }
      findings.add(
        "the provider `\(provider.name.value)` is sent the master key of the gateway", at: reference.span,
        label: "the master key", related: [Diagnostic.Label(master.span, "opens every endpoint")],
        help: ["name the secret that holds the provider's own key"])
    }
  }
}
