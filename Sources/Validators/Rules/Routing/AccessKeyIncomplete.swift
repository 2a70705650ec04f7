import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let accessKeyIncomplete = Rule(
    7031, "access-key-incomplete", .error, concludesFromAbsence: true,
    summary: "half of an access key pair is missing",
    rationale: """
      A request to Amazon is signed with the secret half of a pair and names the other, so neither works alone. A session
      token belongs to a temporary pair and means nothing without one.
      """,
    examples: [
      .flagged(
        "providers:\n  openai: { type: bedrock, region: us-east-1, ⟦accessKeyID⟧: { secret: openai-key } }\n"),
      .flagged(
        "providers:\n  openai: { type: bedrock, region: us-east-1, ⟦secretAccessKey⟧: { secret: openai-key } }\n",
        hidden: true),
      .flagged(
        """
        providers:
          openai: { type: bedrock, region: us-east-1, apiKey: { secret: openai-key }, ⟦sessionToken⟧: { secret: openai-key } }

        """, hidden: true),
      .allowed(
        """
        providers:
          openai:
            type: bedrock
            region: us-east-1
            accessKeyID: { secret: openai-key }
            secretAccessKey: { secret: openai-key }

        """),
    ]
  ) { context, findings in
    for provider in context.spec.providers.value {
      let section = provider.value
      let pair = [("accessKeyID", section.accessKeyID), ("secretAccessKey", section.secretAccessKey)]
      guard let missing = pair.first(where: { $0.1 == nil })?.0,
        let written = pair.compactMap(\.1).first ?? section.sessionToken
      else { continue }
      findings.add(
        "the provider `\(provider.name.value)` has no complete pair of access keys", at: written.keySpan,
        label: "needs `\(missing)`", help: ["add `\(missing): { secret: … }`, or use an `apiKey` alone"])
    }
  }
}
