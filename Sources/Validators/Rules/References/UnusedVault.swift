import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let unusedVault = Rule(
    2015, "unused-vault", .warning,
    summary: "a Vault server is described and nothing is read from it",
    rationale: """
      With `delivery: environment` or `files` somebody else brings the secrets. The section `vault` then says how it would be
      done, and a reviewer takes it for how it is done: policies, logins and rotation that hold for nothing that runs.
      """,
    examples: [
      .flagged(
        """
        ⟦vault⟧:
          address: https://vault.example.com:8200
          mounts: { gateway: { engine: kv, version: 2 } }
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY }

        """,
        fixed: """
          secrets:
            delivery: environment
            entries:
              master-key: { env: GATEWAY_MASTER_KEY }
              openai-key: { env: OPENAI_API_KEY }

          """, base: .sluice),
      .allowed(
        """
        secrets:
          delivery: environment
          entries:
            master-key: { env: GATEWAY_MASTER_KEY }
            openai-key: { env: OPENAI_API_KEY }

        """, base: .sluice),
    ]
  ) { context, findings in
    let delivery = context.spec.secrets.value.delivery
    guard let vault = context.spec.vault, !vault.isInvalid, let chosen = delivery.known, !chosen.readsVault else {
      return
    }
    findings.add(
      "nothing is read from the Vault that the spec describes", at: vault.keySpan, label: "unused",
      related: delivery.isWritten ? [Diagnostic.Label(delivery.span, "secrets come from elsewhere")] : [],
      help: ["remove the section, or write `delivery: external-secrets`"],
      fixIts: context.removing(context.removal(of: vault)))
  }
}
