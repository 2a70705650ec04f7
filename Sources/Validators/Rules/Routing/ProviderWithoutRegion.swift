import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerWithoutRegion = Rule(
    7030, "provider-without-region", .error, concludesFromAbsence: true,
    summary: "a provider whose address depends on a region is given none",
    rationale: """
      Amazon Bedrock has no address for the whole world: each region has its own, with its own models and quotas, and the
      signature of a request names the region too. Without one LiteLLM falls back to a variable of the environment, or to
      `us-west-2`, and fails at the first request.
      """,
    examples: [
      .flagged("providers:\n  openai: { type: ⟦bedrock⟧, apiKey: { secret: openai-key } }\n"),
      .allowed("providers:\n  openai: { type: bedrock, region: eu-central-1, apiKey: { secret: openai-key } }\n"),
    ]
  ) { context, findings in
    for provider in context.spec.providers.value {
      guard let type = provider.value.type.known, type.descriptor.authentication == .awsSignature,
        provider.value.region == nil
      else { continue }
      findings.add(
        "the provider `\(provider.name.value)` has no region", at: provider.value.type.span, label: "needs `region`",
        help: ["add `region:` with the one whose models you may use, such as `eu-central-1`"])
    }
  }
}
