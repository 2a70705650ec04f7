import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let nameInvalid = Rule(
    6005, "name-invalid", .error,
    summary: "the gateway's name starts with a digit, which a Service's must not",
    rationale: """
      Most objects may be called `4o-gateway`, and the Service may not: its name is a DNS label of the older kind (RFC 1035)
      and starts with a letter. The API server takes the Deployment and refuses the Service, so that pods run which nobody
      reaches.
      """,
    examples: [
      .flagged(
        "metadata: { name: ⟦4o-gateway⟧, namespace: ai-services }\n",
        fixed: "metadata: { name: gateway-4o-gateway, namespace: ai-services }\n"),
      .allowed("metadata: { name: gateway-4o, namespace: ai-services }\n"),
    ]
  ) { context, findings in
    let name = context.spec.metadata.value.name
    guard let text = name.known, !text.startsWithLetter else { return }
    findings.add(
      "a Service cannot be called `\(text)`", at: name.span, label: "starts with a digit",
      help: ["write a name that starts with a letter, such as `gateway-\(text)`"],
      fixIts: [FixIt("write `gateway-\(text)`", .unsafe, replace: name.span, with: "gateway-\(text)")])
  }
}
