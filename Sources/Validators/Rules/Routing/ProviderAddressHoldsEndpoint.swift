import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerAddressHoldsEndpoint = Rule(
    7014, "provider-address-holds-endpoint", .error,
    summary: "a provider's address ends in an endpoint, which is added once more",
    rationale: """
      `baseURL` is what the paths of OpenAI's API are added to. With an endpoint in it every request goes to
      `/v1/chat/completions/chat/completions` and is answered 404. Examples for `curl` show the whole address, and are
      copied from.
      """,
    examples: [
      .flagged(
        """
        providers:
          openai: { type: openai-compatible, baseURL: ⟦http://vllm.models.svc:8000/v1/chat/completions⟧ }

        """,
        fixed: """
          providers:
            openai: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1 }

          """),
      .allowed("providers:\n  openai: { type: openai-compatible, baseURL: http://vllm.models.svc:8000/v1 }\n"),
    ]
  ) { context, findings in
    for provider in context.spec.providers.value {
      guard let address = provider.value.baseURL, let url = address.known,
        provider.value.type.known?.descriptor.dialect == .openAI, url.query == nil,
        let endpoint = endpoints.first(where: { url.path.hasSuffix($0) || url.path.hasSuffix($0 + "/") })
      else { continue }
      let start = url.text.utf8.count - url.path.utf8.count
      let kept = url.path.utf8.count - endpoint.utf8.count - (url.path.hasSuffix("/") ? 1 : 0)
      let corrected = String(url.text.utf8.prefix(start + kept)) ?? url.text
      findings.add(
        "`\(endpoint)` is added to an address that already ends in it", at: address.span, label: "twice then",
        help: ["write `\(corrected)`"],
        fixIts: [FixIt("write `\(corrected)`", .safe, replace: address.span, with: corrected)])
    }
  }

  /// What clients of OpenAI's API add to its address.
  private static let endpoints = ["/chat/completions", "/completions", "/embeddings", "/responses", "/models"]
}
