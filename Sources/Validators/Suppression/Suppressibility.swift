public import SourceDiagnostics

/// Whether a comment may silence a kind of finding.
///
/// What may not be silenced is what leaves nothing to go on with: a ``ValidatedSpec`` is a spec that has a meaning.
public enum Suppressibility: Equatable, Sendable {
  case suppressible
  /// It may not, for this reason: a sentence without a full stop.
  case never(reason: String)

  /// The answer for a code of ``RuleCatalog``, or of any floor above.
  public static func of(_ code: DiagnosticCode) -> Suppressibility {
    if SuppressionMistakes.all.contains(where: { $0.code == code }) {
      return .never(reason: "a comment that silences findings does not silence findings about comments")
    }
    guard let rule = RuleCatalog.rule(code) else {
      return .never(reason: "only the linter reads such comments, and it does not make this finding")
    }
    if rule.severity != .error { return .suppressible }
    switch code.category {
    case .yaml, .shape: return .never(reason: "what cannot be read has no meaning that could be compiled")
    case .references: return .never(reason: "what refers to nothing cannot be compiled")
    default: break
    }
    return RuleCatalog.isRule(code) ? .suppressible : .never(reason: "Vault refuses the whole policy")
  }
}
