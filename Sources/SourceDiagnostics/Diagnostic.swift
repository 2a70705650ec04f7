/// One finding: what is wrong, where, which other places matter, and what to write instead. A value; never thrown.
///
/// Wording: the headline starts in lower case, has no full stop, names the offending value between backquotes and does
/// not say how to mend it; `help` does. A label is short, for it points. What has the shape of a credential is replaced by
/// asterisks in every text, so that a value quoted in a headline cannot leak one.
public struct Diagnostic: Hashable, Sendable {
  /// A place and what there is to say about it; an empty text only underlines.
  public struct Label: Hashable, Sendable {
    /// The place.
    public let span: SourceSpan
    /// A few words.
    public let text: String

    /// Labels a place.
    public init(_ span: SourceSpan, _ text: String = "") {
      self.span = span
      self.text = text
    }
  }

  /// The stable code of its kind.
  public let code: DiagnosticCode
  /// The name of its kind in kebab case.
  public let slug: String
  /// How bad it is.
  public let severity: Severity
  /// What is wrong, in one line.
  public let headline: String
  /// The place that is wrong.
  public let primary: Label
  /// Other places that matter, also in other files.
  public var related: [Label]
  /// Facts that explain the finding.
  public var notes: [String]
  /// What to write instead.
  public var help: [String]
  /// Changes that cure it.
  public var fixIts: [FixIt]
  /// Places that hold a credential: whoever shows the source shows asterisks there.
  public var concealed: [SourceSpan]
  /// The environment overlay in which alone it shows, or `nil` when it holds for the base spec.
  public var environment: String?

  /// Makes a finding of the kind that `rule` describes.
  public init(
    _ rule: RuleDescription, _ headline: String, at span: SourceSpan, label: String = "", related: [Label] = [],
    notes: [String] = [], help: [String] = [], fixIts: [FixIt] = [], concealed: [SourceSpan] = []
  ) {
    code = rule.code
    slug = rule.slug
    severity = rule.severity
    self.headline = CredentialShape.redacted(headline)
    primary = Label(span, label)
    self.related = related
    self.notes = notes.map(CredentialShape.redacted)
    self.help = help.map(CredentialShape.redacted)
    self.fixIts = fixIts
    self.concealed = concealed
    environment = nil
  }

  /// The order in which findings are shown: place, the worse first, code, headline.
  public static func isShownBefore(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    if left.primary.span != right.primary.span { return left.primary.span < right.primary.span }
    if left.severity != right.severity { return left.severity > right.severity }
    return (left.code, left.headline) < (right.code, right.headline)
  }
}

extension Sequence<Diagnostic> {
  /// The findings in the order in which they are shown, none twice.
  public func sortedForDisplay() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return sorted(by: Diagnostic.isShownBefore).filter { seen.insert($0).inserted }
  }

  /// Whether one of them is an error.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}

extension [Diagnostic] {
  /// Leaves out what an environment inherits: a finding of the same kind at the same place as one that holds without any
  /// environment, though it may be worded otherwise.
  public func withoutInherited() -> [Diagnostic] {
    let base = Set(lazy.filter { $0.environment == nil }.map(KindAndPlace.init))
    return filter { $0.environment == nil || !base.contains(KindAndPlace($0)) }
  }
}

private struct KindAndPlace: Hashable {
  let code: DiagnosticCode
  let span: SourceSpan

  init(_ diagnostic: Diagnostic) {
    code = diagnostic.code
    span = diagnostic.primary.span
  }
}
