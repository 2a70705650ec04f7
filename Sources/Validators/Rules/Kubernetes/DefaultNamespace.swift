import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let defaultNamespace = Rule(
    6001, "default-namespace", .warning,
    summary: "the gateway lives in a namespace that is not its own",
    rationale: """
      Roles, quotas, network policies and secret stores are granted by namespace. In `default` they hold for whatever else
      was put there without a thought; `kube-system` and its like belong to the cluster, and admission policies often
      leave them out. A namespace costs nothing.
      """,
    examples: [
      .flagged(
        "metadata: { name: gateway, namespace: ⟦default⟧ }\n",
        fixed: "metadata: { name: gateway, namespace: gateway }\n"),
      .allowed("metadata: { name: gateway, namespace: ai-services }\n"),
    ]
  ) { context, findings in
    let namespace = context.spec.metadata.value.namespace
    guard namespace.isWritten,
      ["default", "kube-system", "kube-public", "kube-node-lease"].contains(namespace.value.text)
    else { return }
    let own = context.spec.metadata.value.name.known?.text ?? "ai-services"
    findings.add(
      "the namespace `\(namespace.value)` is shared with others", at: namespace.span, label: "not the gateway's own",
      help: ["write a namespace of its own, such as `\(own)`"],
      fixIts: [FixIt("write `\(own)`", .unsafe, replace: namespace.span, with: own)])
  }
}
