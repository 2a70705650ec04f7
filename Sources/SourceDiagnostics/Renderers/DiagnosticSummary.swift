/// How many findings of each kind there are.
public struct DiagnosticSummary: Hashable, Sendable {
  /// Findings that are errors.
  public private(set) var errors = 0
  /// Findings that are warnings.
  public private(set) var warnings = 0
  /// Findings that are notes.
  public private(set) var notes = 0
  /// Findings of any kind that have a safe fix.
  public private(set) var fixable = 0

  /// Counts findings.
  public init(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
      if diagnostic.fixIts.contains(where: { $0.safety == .safe }) { fixable += 1 }
    }
  }

  /// The counts in words, such as "2 errors, 1 warning (1 fixable with `sluice lint --fix`)"; kinds without a finding are
  /// left out. Without a `fixCommand` nothing is said of fixes.
  public func sentence(fixCommand: String? = nil) -> String {
    let counts = [(errors, "error"), (warnings, "warning"), (notes, "note")].filter { $0.0 > 0 }
    if counts.isEmpty { return "no findings" }
    let sentence = counts.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }.joined(separator: ", ")
    guard let fixCommand, fixable > 0 else { return sentence }
    return "\(sentence) (\(fixable) fixable with `\(fixCommand)`)"
  }
}
