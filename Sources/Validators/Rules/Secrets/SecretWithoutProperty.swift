import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let secretWithoutProperty = Rule(
    3037, "secret-without-property", .error, concludesFromAbsence: true,
    summary: "a key is to be a whole secret of Vault, which is JSON",
    rationale: """
      A secret in a key-value engine is a map of fields. Without `property` External Secrets Operator hands out the whole map as
      JSON text, so that the provider is sent `{"openai-key":"sk-…","salt-key":"…"}` as its key, the other secrets with it, and
      answers 401.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: ⟦litellm/api-keys⟧ }
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
      .allowed(
        """
        secrets:
          delivery: external-secrets
          entries:
            master-key: { vault: litellm/api-keys, property: master-key }
            salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
            openai-key: { vault: litellm/api-keys, property: openai-key }
            database-url: { vault: litellm/database, property: url }

        """),
    ]
  ) { context, findings in
    guard context.spec.secrets.value.delivery.known == .externalSecrets else { return }
    let used = Dictionary(context.secretUses.map { ($0.secret.value, $0) }, uniquingKeysWith: { first, _ in first })
    for read in context.vaultScope.reads {
      let secret = read.secret
      guard secret.value.property == nil, read.location.mount.value.engine.known == .keyValue,
        let use = used[secret.name.value]
      else { continue }
      let edit = context.addition(ofKey: "property: \(secret.name.value)", toFlowMapping: secret.setting.span)
      findings.add(
        "the secret `\(secret.name.value)` is all fields of `\(read.path.value)` as JSON", at: read.path.span,
        label: "`property` is missing", related: [Diagnostic.Label(use.secret.span, "used as one value")],
        help: ["add `property:` with the field that holds it"],
        fixIts: edit.map { [FixIt("add `property: \(secret.name.value)`", .unsafe, edits: [$0])] } ?? [])
    }
  }
}
