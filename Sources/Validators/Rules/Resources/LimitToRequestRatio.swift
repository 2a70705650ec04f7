import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let limitToRequestRatio = Rule(
    5012, "limit-to-request-ratio", .warning,
    summary: "the memory limit is more than twice the memory request",
    rationale: """
      The scheduler fills a node by requests, and containers grow to their limits. Memory cannot be taken back: when the
      node runs out, the kernel kills containers, first those that are furthest above their request. A gateway grows with
      its load, so that happens in the busiest hour. CPU is left alone, for above its request a container is only slowed
      down. A LimitRange with `maxLimitRequestRatio` refuses such pods outright.
      """,
    examples: [
      .flagged(
        "resources:\n  requests: { memory: 1Gi }\n  limits: { memory: ⟦4Gi⟧ }\n",
        fixed: "resources:\n  requests: { memory: 4Gi }\n  limits: { memory: 4Gi }\n"),
      .flagged("resources:\n  limits: { memory: ⟦8Gi⟧ }\n"),
      .allowed("resources:\n  requests: { memory: 2Gi }\n  limits: { memory: 4Gi }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil else { return }
    let written = context.spec.resources.value
    let (request, limit) = (
      context.spec.effectiveResources.memory.request, context.spec.effectiveResources.memory.limit
    )
    guard let most = Optional(limit).wholeBytes?.known, let asked = Optional(request).wholeBytes?.known,
      written.requests.value.memory != nil || written.limits.value.memory != nil, most > asked * 2
    else { return }
    let tenths = most.nanos * 10 / asked.nanos
    let ratio = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    findings.add(
      "the memory limit `\(most)` is \(ratio) times the request `\(asked)`\(request.isWritten ? "" : ", the default")",
      at: limit.isWritten ? limit.span : request.span, label: "more than twice the request",
      related: limit.isWritten && request.isWritten ? [Diagnostic.Label(request.span, "the request")] : [],
      help: ["write `memory: \(most)` under `requests`, or a smaller limit"],
      fixIts: request.isWritten
        ? [FixIt("ask for `\(most)`", .unsafe, replace: request.span, with: most.text)] : [])
  }
}
