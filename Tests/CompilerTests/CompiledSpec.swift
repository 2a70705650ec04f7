import Compiler
import Emitters
import GatewaySpec
import SourceDiagnostics
import Testing
import Validators

/// A spec of a test, read and compiled. No rules run: what they find is their own tests' business.
struct CompiledSpec {
  let text: String
  let validated: ValidatedSpec
  let compilation: Compilation

  init(
    _ text: String, environment: String? = nil, name: String = "gateway.yaml", files: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    self.text = text
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: Array(text.utf8), name: name, into: &sources) { path in
      guard let file = files[path] else { return .failure(SpecLoader.FileAccessError("no such file")) }
      return .success(Array(file.utf8))
    }
    let outcome = Validator.validate(loaded, rules: [])
    let findings = outcome.diagnostics.map { "\($0.code) \($0.headline)" }
    validated = try #require(
      outcome.validated(environment: environment), "\(findings)", sourceLocation: sourceLocation)
    compilation = Compiler.compile(validated)
  }

  /// The text of an artifact.
  func callAsFunction(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try #require(compilation.artifact(path), "\(paths)", sourceLocation: sourceLocation).text.text
  }

  /// The paths of all artifacts.
  var paths: [String] { compilation.artifacts.map(\.path) }

  /// The findings as `GW9002 headline`.
  var findings: [String] { compilation.diagnostics.map { "\($0.code) \($0.headline)" } }

  /// The text that a place of the spec covers.
  func text(at span: SourceSpan) -> String {
    String(decoding: Array(text.utf8)[span.range.clamped(to: 0..<text.utf8.count)], as: UTF8.self)
  }
}

/// Specs that the tests share.
enum Sample {
  /// LiteLLM with all sections: the shape of the reference deployment, done right.
  static let litellm = """
    apiVersion: sluice/v1
    kind: Gateway
    metadata:
      name: litellm
      namespace: ai-services
      labels: { team: ai-platform }
    engine:
      type: litellm
      version: "1.109.1"
      image: ghcr.io/berriai/litellm:v1.109.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
      replicas: 3
      env: { LITELLM_LOG: INFO }
      settings: { drop_params: true, allowed_fails: 4, disable_spend_logs: true }
    server:
      port: 4100
      maxBodySize: 20Mi
      requestTimeout: 600s
      shutdownGracePeriod: 90s
      probes:
        liveness: { path: /health/liveliness, period: 30s }
    resources:
      requests: { cpu: 500m, memory: 2Gi }
      limits: { cpu: 2, memory: 2Gi }
    vault:
      address: https://vault.example.com:8200
      ca: { configMap: vault-ca }
      mounts:
        litellm: { engine: kv, version: 2 }
      policies:
        eso-litellm:
          paths:
            - { path: litellm/data/api-keys, capabilities: [read] }
            - { path: litellm/data/database, capabilities: [read] }
      logins:
        external-secrets:
          method: kubernetes
          role: eso-litellm
          serviceAccount: litellm-eso
          audience: vault
          tokenTTL: 20m
          policies: [eso-litellm]
    secrets:
      delivery: external-secrets
      refreshInterval: 1h
      entries:
        master-key: { vault: litellm/api-keys, property: master-key, env: LITELLM_MASTER_KEY }
        salt-key: { vault: litellm/api-keys, property: salt-key, rotation: never }
        openai-key: { vault: litellm/api-keys, property: openai-key, env: OPENAI_API_KEY }
        anthropic-key: { vault: litellm/api-keys, property: anthropic-key, env: ANTHROPIC_API_KEY }
        database-url: { vault: litellm/database, property: url }
    auth:
      masterKey: { secret: master-key }
      saltKey: { secret: salt-key }
    database:
      url: { secret: database-url }
      poolSize: 8
    providers:
      openai: { type: openai, apiKey: { secret: openai-key } }
      anthropic: { type: anthropic, apiKey: { secret: anthropic-key } }
      local: { type: openai-compatible, baseURL: "http://vllm.models.svc:8000/v1" }
    models:
      gpt-4o-mini:
        targets:
          - { provider: openai, model: gpt-4o-mini, weight: 9 }
          - { provider: local, model: qwen2.5-7b, weight: 1 }
        fallbacks: [claude-haiku]
      claude-haiku:
        targets: [{ provider: anthropic, model: claude-haiku-4-5 }]
    routing: { strategy: weighted, retries: 2, timeout: 120s, cooldown: 5s }
    ingress:
      host: litellm.example.com
      tls: { secretName: litellm-tls, clusterIssuer: letsencrypt-prod }
      paths: [/v1, /health]
    autoscaling: { min: 3, max: 10, cpu: 70% }
    disruption: { maxUnavailable: 1 }
    observability: { metrics: true, logs: json, traces: { otlp: "http://otel.observability.svc:4318" } }
    environments:
      staging: { engine: { replicas: 1 }, ingress: { host: litellm.staging.example.com } }

    """

  /// Our own runtime with next to nothing written.
  static let sluice = """
    apiVersion: sluice/v1
    kind: Gateway
    metadata: { name: gateway }
    secrets:
      entries:
        openai-key: { env: OPENAI_API_KEY }
    providers:
      openai: { type: openai, apiKey: { secret: openai-key } }
    models:
      gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }

    """

  /// Our own runtime, reading Vault by itself, behind a Gateway.
  static let vaultRuntime = """
    apiVersion: sluice/v1
    kind: Gateway
    metadata: { name: gateway, namespace: ai, annotations: { example.com/owner: ai@example.com } }
    engine:
      type: sluice
      image: registry.example.com/sluice:v0.1.0@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
    vault:
      address: https://vault.vault.svc:8200
      namespace: team
      ca: { secret: vault-ca, key: root.pem }
      mounts:
        kv/ai: { engine: kv, version: 1 }
      logins:
        runtime: { method: kubernetes, role: gateway, serviceAccount: gateway-vault, audience: vault }
    secrets:
      delivery: vault
      entries:
        master-key: { vault: kv/ai/gateway, property: master }
        openai-key: { vault: kv/ai/gateway, property: openai }
    auth: { masterKey: { secret: master-key } }
    providers:
      openai: { type: openai, apiKey: { secret: openai-key } }
    models:
      gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }
    ingress:
      host: "*.example.com"
      controller: gateway-api
      gateway: { name: shared, namespace: gateways, listener: https }
      paths: [/v1]

    """

  /// Our own runtime with secrets that External Secrets Operator copies, two mounts, dynamic credentials, Traefik.
  static let manySources = """
    apiVersion: sluice/v1
    kind: Gateway
    metadata: { name: edge, namespace: ai }
    engine: { type: sluice, replicas: 1 }
    vault:
      address: https://vault.example.com
      mounts:
        keys: { engine: kv, version: 2 }
        team/keys: { engine: kv, version: 1 }
        database: { engine: database }
      policies:
        edge: { file: policies/edge.hcl }
      logins:
        eso: { method: jwt, role: edge, serviceAccount: edge-eso, audience: vault, policies: [edge] }
        ops: { method: approle, role: ops, roleID: abc, credential: { name: ops-approle, key: secret-id }, policies: [edge] }
    secrets:
      delivery: external-secrets
      login: eso
      entries:
        openai-key: { vault: keys/openai, property: key, env: OPENAI_API_KEY }
        repeated: { vault: keys/keys/repeated, property: key, env: REPEATED }
        whole: { vault: team/keys/whole, env: WHOLE }
        db-user: { vault: database/creds/edge, property: username, env: DB_USER }
        db-password: { vault: database/creds/edge, property: password, env: DB_PASSWORD }
    providers:
      openai: { type: openai, apiKey: { secret: openai-key } }
      mock: { type: mock }
    models:
      gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }
      fake: { targets: [{ provider: mock, model: fake }] }
    ingress:
      host: edge.example.com
      controller: traefik
      tls: { secretName: edge-tls, issuer: internal }
      annotations: { example.com/note: hello }

    """

  /// The policy file of ``manySources``.
  static let edgePolicy = """
    # by hand
    path "keys/data/*" { capabilities = ["read"] }
    path "team/keys/whole" { capabilities = ["read"] }
    path "database/creds/edge" { capabilities = ["read"] }
    """

  /// All of them by name.
  static func all() throws -> [(name: String, spec: CompiledSpec)] {
    [
      ("litellm", try CompiledSpec(litellm)),
      ("litellm-staging", try CompiledSpec(litellm, environment: "staging")),
      ("sluice", try CompiledSpec(sluice)),
      ("vault-runtime", try CompiledSpec(vaultRuntime)),
      ("many-sources", try CompiledSpec(manySources, files: ["policies/edge.hcl": edgePolicy])),
    ]
  }
}
