public import SourceDiagnostics

/// One check of the whole spec: what it is called, why it matters, examples that are its tests, and the check itself.
///
/// A rule judges what was read: it looks at settings through ``Setting/known`` and stays silent about what another finding
/// has called unreadable, so that one mistake gives one finding.
public struct Rule: Sendable {
  /// Code, severity, rationale and examples.
  public let description: RuleDescription
  /// Whether it concludes from what is not there. A file that breaks off cannot be judged by it.
  let concludesFromAbsence: Bool
  let check: @Sendable (RuleContext, inout Findings) -> Void

  /// Makes a rule. `number` is its code, whose thousands digit is the category.
  init(
    _ number: Int, _ slug: String, _ severity: Severity, concludesFromAbsence: Bool = false, summary: String,
    rationale: String, examples: [RuleExample],
    check: @escaping @Sendable (RuleContext, inout Findings) -> Void
  ) {
    description = RuleDescription(
      number, slug, severity, summary: summary, rationale: rationale, examples: examples)
    self.concludesFromAbsence = concludesFromAbsence
    self.check = check
  }
}

/// What one rule has found so far.
struct Findings {
  private let rule: RuleDescription
  private(set) var diagnostics: [Diagnostic] = []

  init(of rule: Rule) {
    self.rule = rule.description
  }

  /// Adds a finding that a lower floor has made.
  mutating func add(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  /// Adds a finding. See ``Diagnostic`` for the wording.
  mutating func add(
    _ headline: String, at span: SourceSpan, label: String = "", related: [Diagnostic.Label] = [], notes: [String] = [],
    help: [String] = [], fixIts: [FixIt] = [], concealed: [SourceSpan] = []
  ) {
    diagnostics.append(
      Diagnostic(
        rule, headline, at: span, label: label, related: related, notes: notes, help: help, fixIts: fixIts,
        concealed: concealed))
  }
}
