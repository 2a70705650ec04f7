import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let networkPolicyOff = Rule(
    6008, "network-policy-off", .warning,
    summary: "no NetworkPolicy holds the gateway's connections together",
    rationale: """
      The gateway holds the keys of every provider and takes input from anybody. Whoever gets to run a line of code in it,
      through a dependency or a callback, may connect to every database of the cluster and send the keys anywhere. The
      strict policy allows what the spec implies and nothing else.
      """,
    examples: [
      .flagged("network: { policy: ⟦none⟧ }\n", fixed: "network: { policy: strict }\n"),
      .allowed("network: { policy: strict }\n"),
    ]
  ) { context, findings in
    let policy = context.spec.network.value.policy
    guard policy.known == NetworkPolicyMode.none else { return }
    findings.add(
      "the pods may connect to anything", at: policy.span, label: "no NetworkPolicy", help: ["write `strict`"],
      fixIts: [FixIt("write `strict`", .unsafe, replace: policy.span, with: "strict")])
  }
}
