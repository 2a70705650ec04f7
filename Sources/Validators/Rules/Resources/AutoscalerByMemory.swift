import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let autoscalerByMemory = Rule(
    5019, "autoscaler-by-memory", .warning,
    summary: "replicas of LiteLLM are scaled by their memory alone",
    rationale: """
      Python keeps memory that it has once used, so that LiteLLM's grows to a level and stays there whatever the load. The
      autoscaler adds replicas as they warm up and takes none away: after a week the most of them run, idle. CPU follows
      the load both ways.
      """,
    examples: [
      .flagged("autoscaling: { min: 2, max: 6, ⟦memory⟧: 80% }\n"),
      .allowed("autoscaling: { min: 2, max: 6, cpu: 70%, memory: 80% }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm, let autoscaling = context.spec.autoscaling?.known, autoscaling.cpu == nil,
      let memory = autoscaling.memory, !memory.isInvalid
    else { return }
    let edit = context.addition(ofKey: "cpu: 70%", to: context.spec.autoscaling?.span)
    findings.add(
      "LiteLLM's memory does not shrink when its load does", at: memory.keySpan, label: "only ever scales up",
      related: context.engineLabel, help: ["write `cpu: 70%`, beside it or in its place"],
      fixIts: edit.map { [FixIt("add `cpu: 70%`", .unsafe, edits: [$0])] } ?? [])
  }
}
