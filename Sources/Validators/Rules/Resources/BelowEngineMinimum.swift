import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let belowEngineMinimum = Rule(
    5005, "below-engine-minimum", .warning,
    summary: "the memory limit is less than the engine needs",
    rationale: """
      A container that grows past its memory limit is killed at once (OOMKilled), with every request in it. The engine's
      minimum is what one replica was measured to need under load; LiteLLM's documentation asks for 4 CPU and 8 GiB for an
      instance in production.
      """,
    examples: [
      .flagged("resources:\n  limits: { memory: ⟦256Mi⟧ }\n", fixed: "resources:\n  limits: { memory: 2Gi }\n"),
      .allowed("resources:\n  limits: { memory: 1Gi }\n"),
      .allowed("resources:\n  limits: { memory: 64Mi }\n", base: .sluice),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let limit = context.spec.resources.value.limits.value.memory.wholeBytes,
      let memory = limit.known, memory < context.engine.minimumMemory
    else { return }
    let minimum = context.engine.minimumMemory
    let standard = context.engine.defaultResources.memoryLimit
    findings.add(
      "\(context.engineName) needs at least `\(minimum)` of memory, and may use `\(memory)`", at: limit.span,
      label: "less than \(minimum)", related: context.engineLabel,
      help: ["write `\(standard)`, the default, or leave it out"],
      fixIts: [FixIt("write `\(standard)`", .unsafe, replace: limit.span, with: standard.text)])
  }
}
