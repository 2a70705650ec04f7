import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let noReplica = Rule(
    5022, "no-replica", .warning,
    summary: "no replica runs",
    rationale: """
      A Deployment of 0 replicas is a valid one: everything is applied, nothing fails, and every request is answered 503 by the
      ingress. Written to stop a gateway for a day, it is easily carried on into the next release.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, replicas: ⟦0⟧ }\n", fixed: "engine: { type: litellm, replicas: 2 }\n"),
      .allowed("engine: { type: litellm, replicas: 2 }\n"),
    ]
  ) { context, findings in
    let replicas = context.spec.engine.value.replicas
    guard context.spec.autoscaling == nil, replicas.isWritten, replicas.value == 0 else { return }
    findings.add(
      "no replica runs", at: replicas.span, label: "nothing answers", help: ["write `2` or more"],
      fixIts: [FixIt("write `2`", .unsafe, replace: replicas.span, with: "2")])
  }
}
