import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerSettingWithoutEffect = Rule(
    7032, "provider-setting-without-effect", .warning,
    summary: "a provider or a target is given a setting that its API does not have",
    rationale: """
      Versions in the path and deployments are Azure's, regions and access key pairs are Amazon's. Written elsewhere they are
      passed over, which mostly means that the type of the provider is not the one that was meant.
      """,
    examples: [
      .flagged(
        "providers:\n  openai: { type: openai, apiKey: { secret: openai-key }, ⟦apiVersion⟧: \"2024-10-21\" }\n"),
      .flagged(
        "providers:\n  openai: { type: openai, apiKey: { secret: openai-key }, ⟦region⟧: eu-central-1 }\n", hidden: true
      ),
      .flagged(
        """
        models:
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini, ⟦deployment⟧: prod }] }

        """, hidden: true),
      .allowed(
        """
        providers:
          openai:
            type: azure
            baseURL: https://acme.openai.azure.com
            apiVersion: "2024-10-21"
            apiKey: { secret: openai-key }
        models:
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini, deployment: prod }] }

        """),
    ]
  ) { context, findings in
    func report(_ key: String, _ span: SourceSpan?, of type: Setting<ProviderType>) {
      guard let span else { return }
      findings.add(
        "`\(key)` means nothing to \(type.value.descriptor.displayName)", at: span, label: "without effect",
        related: [.init(type.span, "the type is given here")], help: ["remove it, or correct the type"])
    }
    for provider in context.spec.providers.value {
      guard let descriptor = provider.value.type.known?.descriptor else { continue }
      let section = provider.value
      if !descriptor.traits.contains(.hasDeployments) {
        report("apiVersion", section.apiVersion?.keySpan, of: section.type)
      }
      guard descriptor.authentication != .awsSignature else { continue }
      report("region", section.region?.keySpan, of: section.type)
      report("accessKeyID", section.accessKeyID?.keySpan, of: section.type)
      report("secretAccessKey", section.secretAccessKey?.keySpan, of: section.type)
      report("sessionToken", section.sessionToken?.keySpan, of: section.type)
    }
    for model in context.spec.models.value {
      for target in model.value.targets.value {
        guard let name = target.value.provider.known, let provider = context.spec.providers.value[name],
          let descriptor = provider.value.type.known?.descriptor, !descriptor.traits.contains(.hasDeployments)
        else { continue }
        report("deployment", target.value.deployment?.keySpan, of: provider.value.type)
      }
    }
  }
}
