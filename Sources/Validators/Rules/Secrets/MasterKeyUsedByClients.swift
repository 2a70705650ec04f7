import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let masterKeyUsedByClients = Rule(
    3033, "master-key-used-by-clients", .warning,
    summary: "a client is given the master key",
    rationale: """
      The master key opens everything: it makes keys, changes models, sees what everybody spends. A client that has it is an
      administrator, its limits and budget do not hold, and rotating its key locks out whoever runs the gateway.
      """,
    examples: [
      .flagged(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci: { key: { secret: ⟦master-key⟧ }, models: [gpt-4o-mini] }
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
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY }
            ci-key: { env: CI_KEY }

        """, base: .sluice),
    ]
  ) { context, findings in
    guard let master = context.spec.auth.value.masterKey?.known?.secret, let secret = master.known else { return }
    for key in context.spec.auth.value.keys.value {
      guard let reference = key.value.key.known?.secret, reference.known == secret else { continue }
      findings.add(
        "the client `\(key.name.value)` has the master key", at: reference.span, label: "opens everything",
        related: [Diagnostic.Label(master.span, "the key of the administrators")],
        help: ["declare a secret for the client under `secrets.entries`"])
    }
  }
}
