import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let workersExceedResources = Rule(
    5021, "workers-exceed-resources", .warning,
    summary: "more worker processes of LiteLLM run than the container has CPU or memory for",
    rationale: """
      Each of `NUM_WORKERS` is a whole LiteLLM: it uses up to one core, and needs the memory of one replica. More workers than
      cores wait for each other; more than the memory carries are killed under load (OOMKilled), and with one the kernel
      may take the container.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, env: { NUM_WORKERS: ⟦\"8\"⟧ } }\nresources:\n  limits: { cpu: 4, memory: 8Gi }\n"),
      .flagged(
        "engine: { type: litellm, env: { NUM_WORKERS: ⟦\"4\"⟧ } }\nresources:\n  limits: { cpu: 4, memory: 1Gi }\n"),
      .allowed(
        "engine: { type: litellm, env: { NUM_WORKERS: \"4\" } }\nresources:\n  limits: { cpu: 4, memory: 8Gi }\n"),
    ]
  ) { context, findings in
    guard let (variable, workers) = context.litellmWorkers, workers > 1 else { return }
    let resources = context.spec.effectiveResources
    if let memory = Optional(resources.memory.limit).wholeBytes?.known {
      let each = context.engine.minimumMemory
      let needed = each * workers
      if needed > memory {
        findings.add(
          "\(workers) workers x `\(each)` = `\(needed)` of memory > the limit `\(memory)`", at: variable.span,
          label: "more than the memory carries",
          related: resources.memory.limit.isWritten ? [Diagnostic.Label(resources.memory.limit.span, "the limit")] : [],
          help: ["write fewer workers, or a memory limit of `\(needed)` or more"])
        return
      }
    }
    guard let limit = Optional(resources.cpu.limit).aboveZero?.known, limit.value < workers else { return }
    findings.add(
      "\(workers) workers > the CPU limit `\(limit)`", at: variable.span, label: "more than there are cores",
      related: resources.cpu.limit.isWritten ? [Diagnostic.Label(resources.cpu.limit.span, "the limit")] : [],
      help: ["write `NUM_WORKERS: \"\(limit.value)\"`, or a higher limit"],
      fixIts: [FixIt("write `\(limit.value)`", .unsafe, replace: variable.span, with: "\"\(limit.value)\"")])
  }
}

extension RuleContext {
  /// How many processes of LiteLLM one replica runs, and the variable that says so; `nil` where it does not.
  var litellmWorkers: (variable: Setting<PlainText>, count: Int)? {
    guard knownEngine == .litellm, let variable = environmentValue("NUM_WORKERS"), let text = variable.known?.text,
      let count = Int(text), (1...1024).contains(count)
    else { return nil }
    return (variable, count)
  }
}
