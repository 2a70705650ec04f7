import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let requestAboveLimit = Rule(
    5003, "request-above-limit", .error,
    summary: "a resource request is larger than its limit",
    rationale: """
      The API server refuses a container that asks for more than it may use. A limit that is not written is the engine's
      default, so that a large request needs a limit beside it.
      """,
    examples: [
      .flagged(
        "resources:\n  requests: { memory: ⟦4Gi⟧ }\n  limits: { memory: 2Gi }\n",
        fixed: "resources:\n  requests: { memory: 2Gi }\n  limits: { memory: 2Gi }\n"),
      .flagged("resources:\n  requests: { memory: ⟦16Gi⟧ }\n"),
      .allowed("resources:\n  requests: { cpu: 500m, memory: 2Gi }\n  limits: { cpu: 1, memory: 2048Mi }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil else { return }
    let requests = context.spec.resources.value.requests.value
    let limits = context.spec.resources.value.limits.value
    let defaults = context.engine.defaultResources
    func check(_ request: Setting<Quantity>?, _ limit: Setting<Quantity>?, _ name: String, else standard: Quantity) {
      guard let request, let asked = request.known, limit?.isInvalid != true else { return }
      let allowed = limit?.value ?? standard
      guard asked > allowed, limit == nil || limit.aboveZero != nil else { return }
      findings.add(
        "the \(name) request `\(asked)` is above the limit `\(allowed)`\(limit == nil ? " that holds by default" : "")",
        at: request.span, label: "more than \(allowed)",
        related: limit.map { [Diagnostic.Label($0.span, "the limit is here")] } ?? [],
        help: ["write `\(allowed)` or less, or \(limit == nil ? "write" : "raise") the limit"],
        fixIts: [FixIt("write `\(allowed)`", .unsafe, replace: request.span, with: allowed.text)])
    }
    check(requests.cpu, limits.cpu, "CPU", else: defaults.cpuLimit)
    // A part of a byte is another mistake, which has been reported.
    let isWhole = { (amount: Setting<Quantity>?) in amount?.value.isWhole != false }
    if isWhole(requests.memory), isWhole(limits.memory) {
      check(requests.memory, limits.memory, "memory", else: defaults.memoryLimit)
    }
    if isWhole(requests.ephemeralStorage), isWhole(limits.ephemeralStorage) {
      check(
        requests.ephemeralStorage, limits.ephemeralStorage, "ephemeral storage", else: defaults.ephemeralStorageLimit)
    }
  }
}
