import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let nameTooLong = Rule(
    6004, "name-too-long", .error,
    summary: "the gateway's name leaves no room for the names that are made from it",
    rationale: """
      Objects are named after the gateway with a word behind it, and some of these names become labels, which end at 63
      characters. Sixteen of them are kept for what is added, so that a name may have 47.
      """,
    examples: [
      .flagged(
        "metadata:\n  name: ⟦the-gateway-of-the-platform-team-for-artificial-intelligence⟧\n  namespace: ai-services\n"),
      .allowed("metadata:\n  name: the-gateway-of-the-platform-team\n  namespace: ai-services\n"),
    ]
  ) { context, findings in
    let name = context.spec.metadata.value.name
    guard let text = name.known?.text, text.utf8.count > longestName else { return }
    findings.add(
      "the name has \(text.utf8.count) characters, \(longestName) are allowed", at: name.span,
      label: "\(text.utf8.count - longestName) too many", help: ["write a shorter name"])
  }

  /// The length of a DNS label less the longest suffix that is put behind the name.
  private static let longestName = 63 - 16
}
