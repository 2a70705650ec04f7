import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let deliveryNotInEngine = Rule(
    3016, "delivery-not-in-engine", .error,
    summary: "the engine cannot take its secrets in the chosen way",
    rationale: """
      `delivery: vault` means that the process itself logs in to Vault and watches its secrets. This release of Sluice's own
      runtime does not do so yet. LiteLLM's reader for Vault knows no Kubernetes login, keeps values for a day and turns a
      failed read into an empty key, so that it is not compiled. With both, External Secrets Operator brings the secrets.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: ⟦vault⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """,
        fixed: """
          secrets:
            delivery: external-secrets
            entries:
              master-key: { vault: litellm/api-keys, property: master-key }
              salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
              openai-key: { vault: litellm/api-keys, property: openai-key }
              database-url: { vault: litellm/database, property: url }

          """),
      .flagged(
        """
        secrets:
          delivery: ⟦vault⟧
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            openai-key: { vault: litellm/api-keys, property: openai-key }
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            gateway: { role: gateway, serviceAccount: gateway, audience: vault }

        """, base: .sluice),
      .allowed(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            openai-key: { vault: litellm/api-keys, property: openai-key }
        vault:
          address: https://vault.example.com:8200
          mounts: { litellm: { engine: kv, version: 2 } }
          logins:
            gateway: { role: gateway, serviceAccount: gateway, audience: vault }

        """, base: .sluice),
    ]
  ) { context, findings in
    let delivery = context.spec.secrets.value.delivery
    guard let engine = context.knownEngine, delivery.known == .vault, !engine.descriptor.readsVault else { return }
    findings.add(
      "\(engine.descriptor.displayName) does not read Vault itself", at: delivery.span,
      label: "not with this engine", related: context.engineLabel, help: ["write `delivery: external-secrets`"],
      fixIts: [FixIt("write `external-secrets`", .unsafe, replace: delivery.span, with: "external-secrets")])
  }
}
