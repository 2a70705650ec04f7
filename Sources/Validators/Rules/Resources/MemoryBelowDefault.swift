import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let memoryBelowDefault = Rule(
    5023, "memory-below-default", .note,
    summary: "the memory limit is below the one that is compiled when none is written",
    rationale: """
      The default is four times what the engine needs to run at all, which leaves room for large prompts, many streams at once
      and the growth over a week. LiteLLM's documentation asks for 4 CPU and 8 GiB for an instance in production. Less may
      be enough; it should be a decision that somebody watches, not a number from a tutorial.
      """,
    examples: [
      .flagged("resources:\n  limits: { memory: ⟦1Gi⟧ }\n", fixed: "resources:\n  limits: { memory: 2Gi }\n"),
      .flagged(
        "resources:\n  requests: { memory: 512Mi }\n  limits: { memory: ⟦1Gi⟧ }\n",
        fixed: "resources:\n  requests: { memory: 2Gi }\n  limits: { memory: 2Gi }\n", hidden: true),
      .allowed("resources:\n  limits: { memory: 2Gi }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine != nil, let limit = context.spec.resources.value.limits.value.memory.wholeBytes,
      let memory = limit.known, memory >= context.engine.minimumMemory
    else { return }
    let standard = context.engine.defaultResources.memoryLimit
    guard memory < standard else { return }
    // A small request beside the larger limit would be the next finding (GW5012).
    let request = context.spec.resources.value.requests.value.memory.wholeBytes
    let tooSmall = request.flatMap { $0.isWritten && $0.value * 2 < standard ? $0 : nil }
    findings.add(
      "the memory limit `\(memory)` is below the default `\(standard)`", at: limit.span, label: "little room to grow",
      related: context.engineLabel,
      help: [
        "write `\(standard)`\(tooSmall == nil ? "" : ", as the request too"), or watch `OOMKilled` in the pods' last state"
      ],
      fixIts: [
        FixIt(
          "write `\(standard)`", .unsafe,
          edits: ([limit] + [tooSmall].compactMap(\.self)).map { TextEdit($0.span, standard.text) })
      ])
  }
}
