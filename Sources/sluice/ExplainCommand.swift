import ArgumentParser
import RuleDocumentation
import SourceDiagnostics

/// `sluice explain`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why a finding matters, with examples.",
    usage: "sluice explain [<code>] [--list]",
    discussion: """
        sluice explain GW3001
        sluice explain secret-outside-policy-scope
        sluice explain GW3                            all codes that begin so
        sluice explain --list                         all codes

      The page of a finding says why it matters, shows what is flagged and what is not, whether `sluice lint --fix` mends \
      it, and how to silence it. The same pages stand in docs/rules.
      """)

  @Argument(help: "The code or the name of a finding, or how codes begin; none lists them all.")
  var code: String?

  @Flag(help: "List the codes instead of a page.")
  var list = false

  @OptionGroup var colour: ColourOption

  func run() throws {
    let options = Terminal.rendering(to: 1, colour: colour.colour)
    guard let code else { return try Terminal.write(FindingList(FindingCatalog.all).text(options)) }
    if let rule = FindingCatalog.rule(named: code) {
      let text =
        list ? FindingList([rule]).text(options) : PageRenderer.terminal(RulePage.blocks(of: rule), options: options)
      return try Terminal.write(text)
    }
    let prefix = code.uppercased()
    let matches = FindingCatalog.all.filter { prefix.hasPrefix("GW") && $0.code.description.hasPrefix(prefix) }
    if matches.isEmpty {
      throw UsageFailure(
        "no finding is called `\(code)`",
        help: FindingCatalog.nearestName(to: code).map { "a similar one exists: `\($0)`" }
          ?? "`sluice explain --list` lists them all")
    }
    try Terminal.write(FindingList(matches).text(options))
  }
}

/// Kinds of findings, a line each, under the headings of their categories.
struct FindingList {
  private let rules: [RuleDescription]

  init(_ rules: [RuleDescription]) {
    self.rules = rules
  }

  func text(_ options: RenderingOptions) -> String {
    var text = ""
    for category in DiagnosticCategory.allCases {
      let mine = rules.filter { $0.code.category == category }
      if mine.isEmpty { continue }
      text += "\(text.isEmpty ? "" : "\n")\(category.title)\n"
      for rule in mine {
        text += "  \(rule.code)  \(rule.severity.name.padded(to: 7))  \(rule.slug): \(rule.summary)\n"
      }
    }
    return text
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
