import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let cacheWithoutHost = Rule(
    8019, "cache-without-host", .warning, concludesFromAbsence: true,
    summary: "answers are to be cached in a Redis whose address is not given",
    rationale: """
      LiteLLM starts with a cache that it cannot reach, logs an error for each request and asks the provider every time. The
      bill shows that nothing was cached, at the end of the month. The address stands in `cache_params.host`, or in
      `REDIS_HOST` or `REDIS_URL`.
      """,
    examples: [
      .flagged("engine: { type: litellm, settings: { cache: true, cache_params: { type: ⟦redis⟧ } } }\n"),
      .allowed(
        "engine: { type: litellm, settings: { cache: true, cache_params: { type: redis, host: redis.cache.svc } } }\n"),
      .allowed("engine: { type: litellm, settings: { cache: true, cache_params: { type: local } } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm, let cache = context.engineSetting("cache_params"),
      case .map(let entries) = cache.value, let type = entries.first(where: { $0.key == "type" })?.value,
      case .text(let word) = type.value, word.hasPrefix("redis") || word.hasPrefix("valkey"), !context.hasRedis,
      !entries.contains(where: { ["redis_startup_nodes", "sentinel_nodes", "service_name"].contains($0.key) })
    else { return }
    let edit = context.addition(ofKey: "host: redis.cache.svc", toFlowMapping: cache.span)
    findings.add(
      "no address of the cache is given", at: type.span, label: "where is it?",
      help: ["add `host:` to `cache_params`, or `REDIS_HOST` to `engine.env`"],
      fixIts: edit.map { [FixIt("add `host`", .displayOnly, edits: [$0])] } ?? [])
  }
}
