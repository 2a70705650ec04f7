/// Writes specs of any length in the shape of `specs/valid/litellm.yaml`: its head and its tail stay as they are, and one
/// team after another is put between, each with a path in the policy, two secrets, two providers and two models.
///
/// The specs are valid and free of findings. One team's lines stand in four sections, so that every name is looked up in
/// a table that grows with the spec.
struct SpecGenerator {
  /// How long a spec is.
  enum Size {
    /// So many lines, give or take one team.
    case lines(Int)
    /// So many models, and half as many secrets: the two providers of a team share one.
    case models(Int)
  }

  let size: Size
  /// Whether the spec has an environment, which every command decodes and checks beside the base.
  let hasEnvironment: Bool

  /// The whole spec.
  var text: String {
    let teams = 0..<max(1, teamCount)
    var text = head
    for team in teams { text += path(team) }
    text += entries
    for team in teams { text += secrets(team) }
    text += middle
    for team in teams { text += providers(team) }
    text += "\nmodels:\n"
    for team in teams { text += models(team) }
    return text + tail + (hasEnvironment ? environments : "")
  }

  private var teamCount: Int {
    switch size {
    case .models(let count): return count / 2
    case .lines(let count):
      let linesPerTeam = lines(of: path(0) + secrets(0) + providers(0) + models(0))
      let fixedLines = lines(of: head + entries + middle + tail + (hasEnvironment ? environments : ""))
      return (count - fixedLines) / linesPerTeam
    }
  }

  private var sharesKeys: Bool {
    if case .models = size { true } else { false }
  }

  private func lines(of text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

  private func path(_ team: Int) -> String {
    "        - { path: litellm/data/team-\(team)/api-keys, capabilities: [read] }\n"
  }

  private func secrets(_ team: Int) -> String {
    let names = sharesKeys ? ["openai"] : ["openai", "anthropic"]
    return names.map { name in
      "    \(name)-key-\(team): { vault: litellm/team-\(team)/api-keys, property: \(name)-key, "
        + "env: \(name.uppercased())_API_KEY_\(team) }\n"
    }.joined()
  }

  private func providers(_ team: Int) -> String {
    """
      openai-\(team): { type: openai, apiKey: { secret: openai-key-\(team) } }
      anthropic-\(team): { type: anthropic, apiKey: { secret: \(sharesKeys ? "openai" : "anthropic")-key-\(team) } }

    """
  }

  private func models(_ team: Int) -> String {
    """
      gpt-4o-mini-\(team):
        targets:
          - { provider: openai-\(team), model: gpt-4o-mini, weight: 9 }
          - { provider: openai-\(team), model: gpt-4o, weight: 1 }
        fallbacks: [claude-haiku-\(team)]
      claude-haiku-\(team):
        targets:
          - { provider: anthropic-\(team), model: claude-haiku-4-5 }

    """
  }

  private let head = """
    # A gateway for many teams.
    apiVersion: sluice/v1
    kind: Gateway
    metadata:
      name: litellm
      namespace: ai-services
      labels: { team: ai-platform }

    cluster:
      kubernetesVersion: "1.31"
      externalSecretsVersion: 2.9.0

    engine:
      type: litellm
      version: 1.109.1
      image: ghcr.io/berriai/litellm-database:v1.109.1@sha256:6d1b6d0e0c6a4d0f9b0f3c0fd0c5b1a2e3f40516273849a0b1c2d3e4f5061728
      replicas: 2

    server:
      port: 4000
      maxBodySize: 20Mi
      requestTimeout: 600s
      shutdownGracePeriod: 150s

    resources:
      requests: { cpu: 200m, memory: 1Gi }
      limits: { cpu: 1000m, memory: 2Gi }

    bounds:
      cpu: { min: 100m, max: 4 }
      memory: { min: 256Mi, max: 8Gi }
      replicas: { min: 2, max: 20 }

    vault:
      address: https://vault.example.com:8200
      mounts:
        litellm: { engine: kv, version: 2 }
      policies:
        eso-litellm-policy:
          paths:
            - { path: litellm/data/platform, capabilities: [read] }

    """

  private let entries = """
      logins:
        external-secrets:
          method: kubernetes
          role: eso-litellm
          serviceAccount: litellm-eso
          audience: vault
          tokenTTL: 20m
          policies: [eso-litellm-policy]

    secrets:
      delivery: external-secrets
      login: external-secrets
      refreshInterval: 1h
      entries:
        master-key: { vault: litellm/platform, property: master-key, env: LITELLM_MASTER_KEY }
        salt-key: { vault: litellm/platform, property: salt-key, env: LITELLM_SALT_KEY, rotation: never }
        database-url: { vault: litellm/platform, property: url, env: DATABASE_URL }

    """

  private let middle = """

    auth:
      masterKey: { secret: master-key }
      saltKey: { secret: salt-key }

    database:
      url: { secret: database-url }
      tls: verify-full
      migrate: job
      poolSize: 10
      serverConnections: 100

    providers:

    """

  private let tail = """

    routing: { strategy: weighted, retries: 2, timeout: 120s, cooldown: 5s }

    ingress:
      host: litellm.example.com
      controller: nginx
      tls: { secretName: litellm-tls, clusterIssuer: letsencrypt-prod }
      paths: [/v1]

    disruption: { maxUnavailable: 1 }

    """

  private let environments = """

    environments:
      staging:
        engine: { replicas: 1 }
        bounds: { replicas: { min: 1 } }
        ingress: { host: litellm.staging.example.com }

    """
}
