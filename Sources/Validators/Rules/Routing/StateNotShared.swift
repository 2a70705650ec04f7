import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let stateNotShared = Rule(
    7010, "state-not-shared", .note, concludesFromAbsence: true,
    summary: "the replicas of LiteLLM have no Redis to share what they count",
    rationale: """
      The keys in LiteLLM's database have limits of requests and tokens, and each replica counts them in its own memory
      unless there is a Redis: a key with 60 requests a minute gets 60 from every replica. Budgets are counted in the
      database. Which targets have failed is remembered by each replica as well, so that each finds out for itself.
      """,
    examples: [
      .flagged("engine: { type: litellm, replicas: ⟦3⟧ }\n"),
      .allowed(
        "engine: { type: litellm, replicas: 3, settings: { redis_host: redis.cache.svc, redis_port: 6379 } }\n"),
      .allowed("engine: { type: litellm, replicas: 1 }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm, context.spec.database != nil, !context.hasRedis,
      let replicas = context.mostReplicas, replicas.isWritten, replicas.value > 1
    else { return }
    findings.add(
      "\(replicas.value) replicas count the limits of keys each for itself", at: replicas.span, label: "no Redis",
      related: context.engineLabel,
      help: [
        "add `redis_host`, `redis_port` and `redis_password: os.environ/REDIS_PASSWORD` to `engine.settings`",
        "and the password as a secret with `env: REDIS_PASSWORD`",
      ])
  }
}
