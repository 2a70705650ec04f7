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
  /// Findings of any kind that have an unsafe fix and no safe one.
  public private(set) var unsafelyFixable = 0

  /// Counts findings.
  public init(_ diagnostics: some Sequence<Diagnostic>) {
    for diagnostic in diagnostics {
      switch diagnostic.severity {
      case .error: errors += 1
      case .warning: warnings += 1
      case .note: notes += 1
      }
      switch diagnostic.fixIts.map(\.safety).max() {
      case .safe: fixable += 1
      case .unsafe: unsafelyFixable += 1
      case .displayOnly, nil: break
      }
    }
  }

  /// The counts in words, such as "2 errors, 1 warning, 1 suppressed (1 fixable with `sluice lint --fix`)"; kinds without
  /// a finding are left out. Without a `fixCommand` nothing is said of fixes.
  public func sentence(fixCommand: String? = nil, suppressed: Int = 0) -> String {
    let counts = [(errors, "error"), (warnings, "warning"), (notes, "note")].filter { $0.0 > 0 }
    var parts = counts.map { "\($0) \($1)\($0 == 1 ? "" : "s")" }
    if parts.isEmpty { parts.append("no findings") }
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    let sentence = parts.joined(separator: ", ")
    guard let fixCommand, fixable + unsafelyFixable > 0 else { return sentence }
    var fixes = fixable > 0 ? ["\(fixable) fixable with `\(fixCommand)`"] : []
    if unsafelyFixable > 0 {
      fixes.append("\(unsafelyFixable)\(fixable > 0 ? " more" : " fixable") with `\(fixCommand) --unsafe-fixes`")
    }
    return "\(sentence) (\(fixes.joined(separator: ", ")))"
  }
}
