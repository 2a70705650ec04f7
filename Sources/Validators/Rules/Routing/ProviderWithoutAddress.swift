import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerWithoutAddress = Rule(
    7004, "provider-without-address", .error, concludesFromAbsence: true,
    summary: "a provider without a public address of its own is given none",
    rationale: """
      `openai-compatible` stands for any server that speaks OpenAI's API, so that only the spec can say where it is. Without
      an address LiteLLM sends the requests, and the key, to OpenAI.
      """,
    examples: [
      .flagged("providers:\n  openai: { type: ⟦openai-compatible⟧, apiKey: { secret: openai-key } }\n"),
      .allowed(
        "providers:\n  openai: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1, apiKey: { secret: openai-key } }\n"
      ),
    ]
  ) { context, findings in
    for provider in context.spec.providers.value {
      guard let type = provider.value.type.known, type.descriptor.baseURL == nil, type.descriptor.dialect != .mock,
        provider.value.baseURL == nil
      else { continue }
      let help =
        type.descriptor.traits.contains(.hasDeployments)
        ? "add `baseURL:` with the address of your resource, such as `https://NAME.openai.azure.com`"
        : "add `baseURL:` with the address that `/chat/completions` is added to, such as `http://vllm.models.svc:8000/v1`"
      findings.add(
        "the provider `\(provider.name.value)` has no address", at: provider.value.type.span, label: "needs `baseURL`",
        help: [help])
    }
  }
}
