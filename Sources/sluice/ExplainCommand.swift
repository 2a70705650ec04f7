import ArgumentParser
import Compiler
import GatewayRuntime
import SourceDiagnostics
import Validators

/// `sluice explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why a finding matters, with examples.",
    discussion: """
        sluice explain GW3001
        sluice explain secret-outside-policy-scope
        sluice explain                                all codes
      """)

  @Argument(help: "The code or the name of a finding; none lists them all.")
  var code: String?

  @OptionGroup var colour: ColourOption

  func run() throws {
    let catalogue = (RuleCatalog.all + OutputMistakes.all + ServeMistakes.all).sorted { $0.code < $1.code }
    guard let code else {
      try Terminal.write(list(catalogue))
      return
    }
    let wanted = DiagnosticCode(parsing: code)
    guard let rule = catalogue.first(where: { $0.code == wanted || $0.slug == code }) else {
      let names = catalogue.map(\.slug) + catalogue.map(\.code.description)
      Terminal.complain(
        "no finding is called `\(code)`",
        help: NameSuggestion.nearest(to: code, among: names).map { "a similar one exists: `\($0)`" }
          ?? "`sluice explain` lists them all")
      throw ExitStatus.usage
    }
    try Terminal.write(page(of: rule))
  }

  private func list(_ catalogue: [RuleDescription]) -> String {
    var text = ""
    for category in DiagnosticCategory.allCases {
      let rules = catalogue.filter { $0.code.category == category }
      if rules.isEmpty { continue }
      text += "\(text.isEmpty ? "" : "\n")\(category.title)\n"
      for rule in rules {
        text += "  \(rule.code)  \(rule.severity.name.padded(to: 7))  \(rule.slug): \(rule.summary)\n"
      }
    }
    return text
  }

  private func page(of rule: RuleDescription) -> String {
    var text = "\(rule.code) \(rule.slug) (\(rule.severity.name))\n\n\(rule.summary)\n\n\(rule.rationale)\n"
    for example in rule.examples where !example.isHidden {
      text += example.expectation == .allowed ? "\nallowed:\n\n" : "\nflagged:\n\n"
      text += excerpt(of: example, rule)
    }
    return text
  }

  /// The example as it would be underlined; an allowed one is shown plain.
  private func excerpt(of example: RuleExample, _ rule: RuleDescription) -> String {
    let (text, marks) = example.unmarked
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
    var start = 0
    var shown = ""
    for line in lines {
      shown += "    \(line)\n"
      let end = start + line.utf8.count
      for mark in marks where mark.lowerBound >= start && mark.upperBound <= end {
        let indent = String(decoding: Array(text.utf8)[start..<mark.lowerBound], as: UTF8.self).count
        shown +=
          "    " + String(repeating: " ", count: indent) + String(repeating: "^", count: max(1, mark.count)) + "\n"
      }
      start = end + 1
    }
    return shown
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
