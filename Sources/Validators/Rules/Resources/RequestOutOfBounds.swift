import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let requestOutOfBounds = Rule(
    5002, "request-out-of-bounds", .error,
    summary: "a resource request lies outside the organisation's bounds",
    rationale: """
      A request is what the scheduler sets aside on a node, used or not. Above the bound one gateway holds what others
      need; below it the replica shares its node with too many others and is slow exactly when all of them are busy.
      """,
    examples: [
      .flagged(
        "resources:\n  requests: { cpu: ⟦50m⟧, memory: 1Gi }\nbounds:\n  cpu: { min: 100m, max: 4 }\n",
        fixed: "resources:\n  requests: { cpu: 100m, memory: 1Gi }\nbounds:\n  cpu: { min: 100m, max: 4 }\n"),
      .allowed(
        "resources:\n  requests: { cpu: 100m, memory: 1Gi }\nbounds:\n  cpu: { min: 100m, max: 4 }\n  memory: { max: 8Gi }\n"
      ),
    ]
  ) { context, findings in
    let requests = context.spec.resources.value.requests.value
    let bounds = context.spec.bounds.value
    checkBounds(of: requests.cpu.aboveZero, "CPU request", within: bounds.cpu, &findings)
    checkBounds(of: requests.memory.wholeBytes, "memory request", within: bounds.memory, &findings)
  }
}
