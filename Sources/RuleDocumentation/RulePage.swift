import Compiler
import GatewaySpec
public import SourceDiagnostics
import Validators

/// The documentation page of a kind of finding, with what the linter really prints for its examples.
public enum RulePage {
  /// The file name and the Markdown of each page, the index first.
  public static func all(of catalogue: [RuleDescription]) -> [(name: String, text: String)] {
    let pages = catalogue.map { ($0, examples(of: $0)) }
    return [("README.md", index(of: pages.map { ($0.0, fix(in: $0.1)) }))]
      + pages.map { rule, examples in
        ("\(rule.code).md", PageRenderer.markdown(blocks(of: rule, examples)))
      }
  }

  /// The page of one kind, in parts.
  public static func blocks(of rule: RuleDescription) -> [PageBlock] {
    blocks(of: rule, examples(of: rule))
  }

  // MARK: Parts

  private struct Example {
    let language: String
    let text: String
    let isFlagged: Bool
    let findings: [Diagnostic]
    let sources: SourceMap
  }

  private static func blocks(of rule: RuleDescription, _ examples: [Example]) -> [PageBlock] {
    var blocks: [PageBlock] = [
      .title("\(rule.code): \(rule.slug)"), .verdict(rule.severity, rule.summary), .heading("Why it matters"),
      .prose(rule.rationale),
    ]
    let (flagged, allowed) = (examples.filter(\.isFlagged), examples.filter { !$0.isFlagged })
    if !flagged.isEmpty { blocks.append(.heading("Flagged")) }
    for example in flagged {
      blocks += [.code(language: example.language, example.text), .findings(example.findings, example.sources)]
    }
    if !allowed.isEmpty { blocks.append(.heading("Allowed")) }
    for example in allowed { blocks.append(.code(language: example.language, example.text)) }
    if let fix = fix(in: examples) { blocks += [.heading("Fix"), .prose(fix.sentence)] }
    blocks.append(.heading("Silencing it"))
    switch Suppressibility.of(rule.code) {
    case .never(let reason): blocks.append(.prose("It cannot be silenced: \(reason)."))
    case .suppressible:
      blocks += [
        .prose("Behind the value, or on a line of its own above the key:"),
        .code(language: "yaml", "# sluice: allow \(rule.code): why it does not matter here\n"),
      ]
    }
    return blocks
  }

  private static func examples(of rule: RuleDescription) -> [Example] {
    rule.examples.filter { !$0.isHidden }.map { example in
      let isFlagged = example.expectation != .allowed
      let language = example.base == .policy ? "hcl" : "yaml"
      guard isFlagged else {
        return Example(
          language: language, text: example.unmarked.text, isFlagged: false, findings: [], sources: SourceMap())
      }
      let (loaded, outcome) = RuleExampleRunner(example).lint()
      let compiled = outcome.validated().map { Compiler.compile($0).diagnostics } ?? []
      return Example(
        language: language, text: example.unmarked.text, isFlagged: true,
        findings: (outcome.diagnostics + compiled).filter { $0.code == rule.code }, sources: loaded.sources)
    }
  }

  // MARK: Fixes

  /// Which fixes the findings of a page's examples have.
  private enum Fix {
    case none, safe, unsafe, either, example

    var word: String {
      switch self {
      case .none: ""
      case .safe: "safe"
      case .unsafe: "unsafe"
      case .either: "safe or unsafe"
      case .example: "shown"
      }
    }

    var sentence: String {
      switch self {
      case .none: "There is no automatic fix."
      case .safe: "`sluice lint --fix` mends it."
      case .unsafe:
        "`sluice lint --fix --unsafe-fixes` mends it. Look at the change: it may not be what was meant."
      case .either:
        """
        `sluice lint --fix` mends it where only one thing can have been meant, `--fix --unsafe-fixes` elsewhere too. Look \
        at the change then.
        """
      case .example: "The finding shows what to write, with a place that only you can fill in."
      }
    }
  }

  /// `nil` where there is no example to judge by.
  private static func fix(in examples: [Example]) -> Fix? {
    let findings = examples.flatMap(\.findings)
    if findings.isEmpty { return nil }
    let safeties = Set(findings.flatMap(\.fixIts).map(\.safety))
    switch (safeties.contains(.safe), safeties.contains(.unsafe)) {
    case (true, true): return .either
    case (true, false): return .safe
    case (false, true): return .unsafe
    case (false, false): return safeties.isEmpty ? Fix.none : .example
    }
  }

  // MARK: Index

  private static func index(of pages: [(rule: RuleDescription, fix: Fix?)]) -> String {
    var text = """
      # What the linter finds

      Made by `swift run sluice-dev docs --write` from the rules themselves. `sluice explain CODE` shows a page in the
      terminal. The last column says whether `sluice lint --fix` mends it ([fixes](../lint.md#fixes)).

      """
    for category in DiagnosticCategory.allCases {
      let mine = pages.filter { $0.rule.code.category == category }
      if mine.isEmpty { continue }
      text += "\n## \(category.title)\n\n| code | severity | what is wrong | fix |\n|---|---|---|---|\n"
      for (rule, fix) in mine {
        let what = "`\(rule.slug)`: \(rule.summary)"
        text += "| [\(rule.code)](\(rule.code).md) | \(rule.severity.name) | \(what) | \(fix?.word ?? "") |\n"
      }
    }
    return text
  }
}
