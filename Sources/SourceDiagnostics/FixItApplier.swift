/// Applies the fixes of findings to the sources they came from.
///
/// From the top of the first file downwards each finding's first fix that is safe enough is taken, whole or not at all: a
/// fix with an edit that overlaps an edit taken before is skipped. Edits of what others changed are guesses, so the
/// caller looks at the new text again and repeats until nothing changes.
public enum FixItApplier {
  /// What came of it.
  public struct Outcome: Sendable {
    /// The new content of each file that changed.
    public internal(set) var changed: [SourceFileID: [UInt8]] = [:]
    /// The findings whose fix was applied, in the order in which they are shown.
    public internal(set) var applied: [Diagnostic] = []
    /// The findings that have a fix which was not applied: not safe enough, in the way of another, or out of range.
    public internal(set) var skipped: [Diagnostic] = []
  }

  /// Applies fixes of at least `safety`. A fix that is only for display is never applied, whatever is asked for.
  public static func apply(
    _ diagnostics: some Sequence<Diagnostic>, to sources: SourceMap, atLeast safety: FixIt.Safety = .safe
  ) -> Outcome {
    var outcome = Outcome()
    var accepted: [SourceFileID: EditList] = [:]
    for diagnostic in diagnostics.sortedForDisplay() where !diagnostic.fixIts.isEmpty {
      let fix = diagnostic.fixIts.first { $0.safety >= max(safety, .unsafe) && !$0.edits.isEmpty }
      guard let fix, fix.edits.allSatisfy({ isFree($0, accepted, sources) }) else {
        outcome.skipped.append(diagnostic)
        continue
      }
      for edit in fix.edits { accepted[edit.span.file, default: EditList()].insert(edit) }
      outcome.applied.append(diagnostic)
    }
    for (id, list) in accepted {
      guard let file = sources[id] else { continue }
      let bytes = list.applied(to: file.bytes[...])
      if bytes != file.bytes { outcome.changed[id] = bytes }
    }
    return outcome
  }

  private static func isFree(_ edit: TextEdit, _ accepted: [SourceFileID: EditList], _ sources: SourceMap) -> Bool {
    guard let file = sources[edit.span.file], edit.span.end <= file.bytes.count else { return false }
    return accepted[edit.span.file]?.conflicts(with: edit) != true
  }
}

/// The edits of one file in order of appearance; no two touch the same bytes.
struct EditList {
  private(set) var edits: [TextEdit] = []

  /// Makes a list of edits that are known not to overlap.
  init(_ edits: [TextEdit] = []) {
    self.edits = edits
  }

  /// Whether an edit overlaps one of the list. Two insertions at one point do, for their order would be a guess.
  func conflicts(with edit: TextEdit) -> Bool {
    let index = firstIndex(notBefore: edit.span)
    if index < edits.count, overlaps(edits[index].span, edit.span) { return true }
    return index > 0 && overlaps(edits[index - 1].span, edit.span)
  }

  /// Puts an edit in its place, behind those of the same span.
  mutating func insert(_ edit: TextEdit) {
    var index = firstIndex(notBefore: edit.span)
    while index < edits.count, edits[index].span == edit.span { index += 1 }
    edits.insert(edit, at: index)
  }

  /// The bytes of a part of the source after all edits. What reaches out of the part is cut off.
  func applied(to part: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(part.count)
    var position = part.startIndex
    for edit in edits {
      let range = edit.span.range.clamped(to: position..<part.endIndex)
      result.append(contentsOf: part[position..<range.lowerBound])
      result.append(contentsOf: edit.replacement.utf8)
      position = range.upperBound
    }
    result.append(contentsOf: part[position...])
    return result
  }

  private func firstIndex(notBefore span: SourceSpan) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].span < span { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func overlaps(_ left: SourceSpan, _ right: SourceSpan) -> Bool {
    if left.start == right.start { return left.length > 0 ? right.length > 0 : right.length == 0 }
    return left.start < right.end && right.start < left.end
  }
}
