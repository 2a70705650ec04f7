import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let openGateway = Rule(
    4016, "open-gateway", .warning, concludesFromAbsence: true,
    summary: "anybody who reaches the gateway may call its providers",
    rationale: """
      Compiled pods listen on all addresses, so that without a master key every pod of the cluster may spend the money of
      the provider's account. A gateway that serves nothing but the built-in mock is left alone, and one that an ingress
      publishes is refused (GW4015).
      """,
    examples: [
      .flagged(
        """
        auth: {}
        providers:
          ⟦openai⟧: { type: openai, apiKey: { secret: openai-key } }

        """, base: .sluice),
      .allowed(
        """
        auth: {}
        providers:
          openai: { type: mock }

        """, base: .sluice),
      .allowed("auth: { masterKey: { secret: master-key } }\n", base: .sluice),
    ]
  ) { context, findings in
    guard context.startsWithoutMasterKey, context.spec.ingress == nil else { return }
    let provider = context.spec.providers.value.first { provider in
      provider.value.type.known.map { $0.descriptor.dialect != .mock } ?? false
    }
    guard let provider else { return }
    let auth = context.spec.auth
    findings.add(
      "the gateway has no master key: anybody who reaches it may call `\(provider.name.value)`", at: provider.name.span,
      label: "open to all", related: auth.isWritten ? [Diagnostic.Label(auth.keySpan, "`masterKey` is missing")] : [],
      help: ["add `masterKey: { secret: … }` under `auth`"])
  }
}
