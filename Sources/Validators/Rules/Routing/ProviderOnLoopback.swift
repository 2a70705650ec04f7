import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let providerOnLoopback = Rule(
    7015, "provider-on-loopback", .warning,
    summary: "a provider's address is the pod itself",
    rationale: """
      In a pod `localhost` is that pod, where nothing but the gateway listens: every request fails with "connection
      refused". The address worked on the laptop on which the model server runs. Judged only where the spec is for a
      cluster: where something is published, or secrets are copied into it.
      """,
    examples: [
      .flagged("providers:\n  openai: { type: openai-compatible, baseURL: ⟦http://localhost:11434/v1⟧ }\n"),
      .allowed("providers:\n  openai: { type: openai-compatible, baseURL: http://ollama.models.svc:11434/v1 }\n"),
      .allowed(
        "providers:\n  openai: { type: openai-compatible, baseURL: http://localhost:11434/v1 }\n", base: .sluice),
    ]
  ) { context, findings in
    guard context.spec.ingress != nil || context.spec.secrets.value.delivery.known == .externalSecrets else { return }
    for provider in context.spec.providers.value {
      guard let address = provider.value.baseURL, let url = address.known, url.isLoopback else { continue }
      findings.add(
        "`\(url.host)` is the gateway's own pod", at: address.span, label: "nothing listens there",
        help: ["write the name of a Service, such as `http://\(provider.name.value).models.svc:\(url.effectivePort)`"])
    }
  }
}
