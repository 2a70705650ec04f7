import SourceDiagnostics

/// Findings as whole reports.
enum Reports {
  static func gateway() -> String {
    let source = MarkedSource(
      """
      kind: Gateway
      engine:
        type: ⟦litellm⟧
        version: 1.109.1
      server:
        probes:
          liveness:  { path: ⟦/healthz⟧, period: 30s }

      """, name: "specs/gateway.yaml")
    let diagnostic = Diagnostic(
      rule(), "no endpoint of litellm 1.109.1 serves `/healthz`", at: source.spans[1], label: "not served",
      related: [.init(source.spans[0], "the engine is chosen here")],
      notes: [
        "litellm serves `/health/liveliness`, `/health/readiness` and `/health`, of which the last calls every provider"
      ],
      help: ["write `/health/liveliness`", "see the list:\n  - one\n  - two"],
      fixIts: [FixIt("write `/health/liveliness`", .safe, replace: source.spans[1], with: "/health/liveliness")])
    var options = RenderingOptions()
    options.width = 80
    options.fixCommand = "sluice lint --fix"
    return TextRenderer().render([diagnostic], of: source.sources, options: options)
  }

  static func twoFiles() -> String {
    let policy = MarkedSource("path ⟦\"kv/*\"⟧ {\n  capabilities = [⟦\"list\"⟧]\n}\n", name: "policies/a.hcl")
    let spec = MarkedSource(
      (1...11).map { "# \($0)\n" }.joined() + "key: ⟦llm⟧\n", name: "b\u{1B}.yaml", in: policy.sources)
    var diagnostic = Diagnostic(
      rule(3001, .warning), "not granted", at: spec.spans[0], label: "read here",
      related: [
        .init(policy.spans[0], "this rule decides"), .init(policy.spans[1], "and grants too little"),
        .init(SourceSpan(file: SourceFileID(rawValue: 9), start: 1, end: 2), "lost"),
      ],
      fixIts: [FixIt("grant `read`", .unsafe, replace: policy.spans[1].endPoint, with: ", \"read\"")])
    diagnostic.environment = "staging"
    return TextRenderer().render([diagnostic], of: spec.sources, options: bareOptions())
  }

  /// Fixes of marked places by the texts that follow.
  static func fixes(_ text: String, _ replacements: [String], _ safety: FixIt.Safety = .safe) -> String {
    let source = MarkedSource(text)
    let edits = zip(source.spans, replacements).map { TextEdit($0, $1) }
    let diagnostic = Diagnostic(
      rule(), "x", at: source.file.span.startPoint, fixIts: [FixIt("do it", safety, edits: edits)])
    let report = TextRenderer().render([diagnostic], of: source.sources, options: bareOptions())
    return report.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.contains("= ") }
      .joined(separator: "\n")
  }

  static func several(colour: Bool = false) -> String {
    let source = MarkedSource("⟦a⟧: ⟦b⟧\n")
    let findings = [
      Diagnostic(
        rule(), "one", at: source.spans[0], label: "p", related: [.init(source.spans[1], "r")], notes: ["n"],
        help: ["h"]),
      Diagnostic(
        rule(4001, .warning), "two", at: source.spans[1],
        fixIts: [FixIt("f", .safe, replace: source.spans[1], with: "c")]),
      Diagnostic(rule(4002, .note), "three", at: source.spans[1]),
    ]
    var options = RenderingOptions()
    options.colour = colour
    return TextRenderer().render(findings, of: source.sources, options: options)
      .replacing("\u{1B}[0m", with: "⟫").replacing("\u{1B}[", with: "⟪")
  }

  static func unknownFile() -> String {
    let nowhere = SourceSpan(file: SourceFileID(rawValue: 3), start: 5, end: 9)
    let diagnostic = Diagnostic(
      rule(), "lost", at: nowhere, notes: ["n"], fixIts: [FixIt("f", .safe, replace: nowhere, with: "c")])
    return TextRenderer().render([diagnostic], of: SourceMap(), options: bareOptions())
  }

  static func manyPlaces() -> String {
    let source = MarkedSource((1...60).map { "⟦line\($0)⟧\n" }.joined())
    let diagnostic = Diagnostic(
      rule(), "many", at: source.spans[0], related: source.spans.dropFirst().map { .init($0) })
    let report = TextRenderer().render([diagnostic], of: source.sources, options: bareOptions())
    return report.split(separator: "\n").suffix(4).joined(separator: "\n")
  }
}
