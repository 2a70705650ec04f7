import SourceDiagnostics

extension RuleExampleBase {
  /// The sections of the base, in the order of the language.
  var sections: [(key: String, text: String)] {
    switch self {
    case .sluice: Self.sluiceSections
    case .policy: Self.litellmSections.map { $0.key == "vault" ? ($0.key, Self.vaultWithPolicyFile) : $0 }
    default: Self.litellmSections
    }
  }

  /// The name of the file that an example of a policy becomes.
  static let policyFile = "team.hcl"

  private static let vaultWithPolicyFile = """
    vault:
      address: https://vault.example.com:8200
      mounts:
        litellm: { engine: kv, version: 2 }
      policies:
        gateway-secrets:
          paths:
            - { path: litellm/data/api-keys, capabilities: [read] }
            - { path: litellm/data/database, capabilities: [read] }
        team: { file: \(policyFile) }
      logins:
        external-secrets:
          method: kubernetes
          role: gateway
          serviceAccount: gateway-eso
          audience: vault
          policies: [gateway-secrets, team]

    """

  private static let litellmSections: [(key: String, text: String)] = [
    ("apiVersion", "apiVersion: sluice/v1\n"),
    ("kind", "kind: Gateway\n"),
    ("metadata", "metadata: { name: gateway, namespace: ai-services }\n"),
    (
      "engine",
      """
      engine:
        type: litellm
        version: "1.109.1"
        image: ghcr.io/berriai/litellm:v1.109.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

      """
    ),
    (
      "vault",
      """
      vault:
        address: https://vault.example.com:8200
        mounts:
          litellm: { engine: kv, version: 2 }
        policies:
          gateway-secrets:
            paths:
              - { path: litellm/data/api-keys, capabilities: [read] }
              - { path: litellm/data/database, capabilities: [read] }
        logins:
          external-secrets:
            method: kubernetes
            role: gateway
            serviceAccount: gateway-eso
            audience: vault
            policies: [gateway-secrets]

      """
    ),
    (
      "secrets",
      """
      secrets:
        delivery: external-secrets
        entries:
          master-key: { vault: litellm/api-keys, property: master-key }
          salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
          openai-key: { vault: litellm/api-keys, property: openai-key, env: OPENAI_API_KEY }
          database-url: { vault: litellm/database, property: url }

      """
    ),
    ("auth", "auth:\n  masterKey: { secret: master-key }\n  saltKey: { secret: salt-key }\n"),
    ("database", "database:\n  url: { secret: database-url }\n"),
    ("providers", "providers:\n  openai: { type: openai, apiKey: { secret: openai-key } }\n"),
    (
      "models",
      """
      models:
        gpt-4o-mini:
          targets:
            - { provider: openai, model: gpt-4o-mini }

      """
    ),
    (
      "ingress",
      """
      ingress:
        host: gateway.example.com
        tls: { secretName: gateway-tls, clusterIssuer: letsencrypt }

      """
    ),
  ]

  private static let sluiceSections: [(key: String, text: String)] = [
    ("apiVersion", "apiVersion: sluice/v1\n"),
    ("kind", "kind: Gateway\n"),
    ("metadata", "metadata: { name: gateway, namespace: ai-services }\n"),
    (
      "engine",
      """
      engine:
        type: sluice
        image: registry.example.com/sluice:v0.1.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef

      """
    ),
    (
      "secrets",
      """
      secrets:
        delivery: environment
        entries:
          master-key: { env: GATEWAY_MASTER_KEY }
          openai-key: { env: OPENAI_API_KEY }

      """
    ),
    ("auth", "auth:\n  masterKey: { secret: master-key }\n"),
    ("providers", "providers:\n  openai: { type: openai, apiKey: { secret: openai-key } }\n"),
    (
      "models",
      """
      models:
        gpt-4o-mini:
          targets:
            - { provider: openai, model: gpt-4o-mini }

      """
    ),
  ]
}
