import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerDeclaredTwice = Rule(
    2023, "provider-declared-twice", .warning,
    summary: "two providers are one account at one address",
    rationale: """
      Two entries with the same type, address and key share one quota at the provider. Spreading a model over both looks like
      twice the capacity, and a fallback from one to the other meets the same limit a moment later.
      """,
    examples: [
      .flagged(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          ⟦openai-eu⟧: { type: openai, apiKey: { secret: openai-key } }
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }, { provider: openai-eu, model: gpt-4o-mini }]

        """),
      .allowed(
        """
        providers:
          openai: { type: openai, apiKey: { secret: openai-key } }
          openai-eu: { type: openai, baseURL: https://eu.api.openai.com/v1, apiKey: { secret: openai-key } }
        models:
          gpt-4o-mini:
            targets: [{ provider: openai, model: gpt-4o-mini }, { provider: openai-eu, model: gpt-4o-mini }]

        """),
    ]
  ) { context, findings in
    struct Account: Hashable {
      let type: ProviderType
      let address: WebURL?
      let key: EntryName?
    }
    var first: [Account: NamedEntry<EntryName, ProviderSection>] = [:]
    for provider in context.spec.providers.value {
      guard !provider.setting.isInvalid, let type = provider.value.type.known,
        provider.value.baseURL?.isInvalid != true, provider.value.apiKey?.isInvalid != true,
        provider.value.apiKey?.value.secret.isInvalid != true
      else { continue }
      let account = Account(
        type: type, address: provider.value.baseURL?.value, key: provider.value.apiKey?.value.secret.value)
      // Without either it is a built-in one, which has no quota.
      if account.address == nil, account.key == nil { continue }
      guard let earlier = first[account] else {
        first[account] = provider
        continue
      }
      findings.add(
        "the providers `\(earlier.name.value)` and `\(provider.name.value)` are one account", at: provider.name.span,
        label: "the same again", related: [Diagnostic.Label(earlier.name.span, "declared here already")],
        help: ["give it a key or an address of its own, or name `\(earlier.name.value)` in the targets"])
    }
  }
}
