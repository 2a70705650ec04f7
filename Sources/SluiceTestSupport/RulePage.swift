import Compiler
import GatewaySpec
public import SourceDiagnostics
import Validators

/// The documentation page of a kind of finding, in Markdown, with what the linter really prints for its examples.
public enum RulePage {
  /// The file name and content of each page, the index first.
  public static func all(of catalogue: [RuleDescription]) -> [(name: String, text: String)] {
    [("README.md", index(of: catalogue))] + catalogue.map { ("\($0.code).md", page(of: $0)) }
  }

  private static func index(of catalogue: [RuleDescription]) -> String {
    var text = "# What the linter finds\n\nMade by `swift run sluice-dev docs --write` from the rules themselves.\n"
    for category in DiagnosticCategory.allCases {
      let rules = catalogue.filter { $0.code.category == category }
      if rules.isEmpty { continue }
      text += "\n## \(category.title)\n\n| code | severity | what is wrong |\n|---|---|---|\n"
      for rule in rules {
        text += "| [\(rule.code)](\(rule.code).md) | \(rule.severity.name) | `\(rule.slug)`: \(rule.summary) |\n"
      }
    }
    return text
  }

  private static func page(of rule: RuleDescription) -> String {
    var text = """
      # \(rule.code): \(rule.slug)

      **\(rule.severity.name)**: \(rule.summary).

      ## Why it matters

      \(rule.rationale)

      """
    let shown = rule.examples.filter { !$0.isHidden }
    let flagged = shown.filter { $0.expectation != .allowed }
    let allowed = shown.filter { $0.expectation == .allowed }
    if !flagged.isEmpty { text += "\n## Flagged\n" }
    for example in flagged {
      text += "\n" + block("yaml", example.unmarked.text) + "\n" + block("text", findings(example, rule))
    }
    if !allowed.isEmpty { text += "\n## Allowed\n" }
    for example in allowed { text += "\n" + block("yaml", example.unmarked.text) }
    return text
  }

  private static func findings(_ example: RuleExample, _ rule: RuleDescription) -> String {
    let (loaded, outcome) = RuleExampleRunner(example).lint()
    let compiled = outcome.validated().map { Compiler.compile($0).diagnostics } ?? []
    var options = RenderingOptions()
    options.showsSummary = false
    options.explainCommand = nil
    return TextRenderer().render(
      (outcome.diagnostics + compiled).filter { $0.code == rule.code }, of: loaded.sources, options: options)
  }

  private static func block(_ language: String, _ text: String) -> String {
    "```\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")```\n"
  }
}
