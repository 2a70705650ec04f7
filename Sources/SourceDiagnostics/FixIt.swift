/// A change of the source that a finding offers.
public struct FixIt: Hashable, Sendable {
  /// How far a fix can be trusted.
  public enum Safety: Int, Comparable, Sendable {
    /// Shown, never applied: it holds a placeholder that a person must fill in.
    case displayOnly
    /// It cures the finding but may change what the author meant.
    case unsafe
    /// It keeps the meaning.
    case safe

    /// Less trustworthy first.
    public static func < (left: Safety, right: Safety) -> Bool { left.rawValue < right.rawValue }
  }

  /// What applying it does, in the imperative, such as "write `podinfo`".
  public let title: String
  /// How far it can be trusted.
  public let safety: Safety
  /// The changes, in order of appearance; they do not overlap.
  public let edits: [TextEdit]

  /// Makes a fix. Edits are sorted; one that overlaps an earlier one is dropped.
  public init(_ title: String, _ safety: Safety, edits: [TextEdit]) {
    self.title = title
    self.safety = safety
    var kept: [TextEdit] = []
    for edit in edits.sorted(by: { $0.span < $1.span }) {
      if let last = kept.last, last.span.file == edit.span.file, last.span.end > edit.span.start { continue }
      kept.append(edit)
    }
    self.edits = kept
  }

  /// Makes a fix of one replacement.
  public init(_ title: String, _ safety: Safety, replace span: SourceSpan, with text: String) {
    self.init(title, safety, edits: [TextEdit(span, text)])
  }
}

/// The replacement of one place by a text. An empty place inserts, an empty text deletes.
public struct TextEdit: Hashable, Sendable {
  /// What is replaced.
  public let span: SourceSpan
  /// What stands there afterwards.
  public let replacement: String

  /// Replaces `span` by `replacement`.
  public init(_ span: SourceSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}
