import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let labelReserved = Rule(
    6006, "label-reserved", .warning,
    summary: "a label stands under a prefix that belongs to Kubernetes",
    rationale: """
      Prefixes that end in `kubernetes.io` or `k8s.io` belong to the Kubernetes project. Controllers act on them:
      `node-restriction.kubernetes.io/` is refused to kubelets, `topology.kubernetes.io/` steers the scheduler, and a label
      that means nothing today may mean something after the next upgrade. Labels of one's own stand without a prefix or
      under a domain of one's own. The recommended `app.kubernetes.io/` ones are compiled.
      """,
    examples: [
      .flagged(
        "metadata: { name: gateway, namespace: ai-services, labels: { ⟦team.kubernetes.io/owner⟧: ai-platform } }\n"),
      .allowed(
        "metadata: { name: gateway, namespace: ai-services, labels: { example.com/owner: ai-platform, team: ai } }\n"),
    ]
  ) { context, findings in
    for label in context.spec.metadata.value.labels.value {
      guard let prefix = label.name.value.prefix, prefix != "app.kubernetes.io", prefix != podSecurityPrefix,
        ["kubernetes.io", "k8s.io"].contains(where: { prefix == $0 || prefix.hasSuffix("." + $0) })
      else { continue }
      findings.add(
        "the prefix `\(prefix)` belongs to Kubernetes", at: label.name.span, label: "not for labels of one's own",
        help: ["write `\(label.name.value.name)`, alone or under a domain of your own"],
        fixIts: [
          FixIt("drop the prefix", .unsafe, replace: label.name.span, with: label.name.value.name)
        ])
    }
  }

  /// The prefix of the labels by which a namespace sets Pod Security.
  static let podSecurityPrefix = "pod-security.kubernetes.io"
}
