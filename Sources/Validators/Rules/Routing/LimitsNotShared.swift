import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let limitsNotShared = Rule(
    7009, "limits-not-shared", .warning, concludesFromAbsence: true,
    summary: "each replica counts a limit for itself, so that together they let more through",
    rationale: """
      LiteLLM counts requests and parallel calls in the memory of each process unless it has a Redis to count in. With four
      replicas a limit of 100 lets 400 through, and with an autoscaler the limit grows with the load that it should hold
      back. The two ways out are a Redis for all replicas, or a limit that is divided by their number. Sluice's own runtime
      counts the limits and budgets of keys exactly within one process and shares them with no other; a restart forgets
      what was spent.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: 4, settings: { global_max_parallel_requests: ⟦100⟧ } }\n"),
      .flagged(
        """
        auth:
          masterKey: { secret: master-key }
          keys:
            ci-bot: { key: { secret: openai-key }, ⟦limits⟧: { requestsPerMinute: 60 } }

        """, base: .sluice),
      .allowed(
        """
        engine:
          type: litellm
          replicas: 4
          settings: { global_max_parallel_requests: 100, redis_host: redis.cache.svc, redis_port: 6379 }

        """),
    ]
  ) { context, findings in
    guard let replicas = context.mostReplicas, replicas.value > 1 else { return }
    let label = replicas.isWritten ? [Diagnostic.Label(replicas.span, "the replicas")] : []
    if context.knownEngine == .sluice {
      for key in context.spec.auth.value.keys.value {
        let counted = [key.value.limits?.keySpan, key.value.budget?.keySpan].compactMap(\.self)
        guard let place = counted.first else { continue }
        findings.add(
          "each of \(replicas.value) replicas counts the limits of `\(key.name.value)` for itself", at: place,
          label: "for each replica", related: label,
          help: ["write what one replica may let through: the whole divided by \(replicas.value)"])
      }
    }
    guard context.knownEngine == .litellm, !context.hasRedis else { return }
    for name in ["max_parallel_requests", "global_max_parallel_requests"] {
      guard let setting = context.engineSetting(name), case .integer(let limit) = setting.value,
        case (let sum, false) = limit.multipliedReportingOverflow(by: replicas.value)
      else { continue }
      findings.add(
        "\(replicas.value) replicas x \(limit) = \(sum): each counts `\(name)` for itself", at: setting.span,
        label: "for each replica", related: label,
        help: ["add `redis_host` and `redis_port` to `engine.settings`, or write `\(max(1, limit / replicas.value))`"])
    }
  }
}

extension RuleContext {
  /// Whether LiteLLM is told of a Redis, where its replicas share what they count.
  var hasRedis: Bool {
    let settings = ["redis_host", "redis_url", "coordination_redis"]
    if settings.contains(where: { engineSetting($0) != nil }) { return true }
    if let cache = engineSetting("cache_params"), case .map(let entries) = cache.value,
      entries.contains(where: { $0.key == "host" || $0.key == "url" })
    {
      return true
    }
    let variables: Set<String> = ["REDIS_HOST", "REDIS_URL", "REDIS_CLUSTER_NODES", "REDIS_SENTINEL_NODES"]
    return variables.contains { environmentValue($0) != nil }
      || spec.secrets.value.entries.value.contains { entry in
        (entry.value.env?.known).map { variables.contains($0.text) } ?? false
      }
  }
}
