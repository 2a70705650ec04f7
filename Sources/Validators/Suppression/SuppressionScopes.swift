import SourceDiagnostics

/// Finds the suppression that holds for a finding: that of its line, else the innermost of what is around it, else that of
/// the file. A finding lies where its primary place begins.
struct SuppressionScopes {
  /// One name of one comment.
  struct Entry {
    /// The position of the comment in the set.
    let comment: Int
    let code: DiagnosticCode
    let name: SuppressionComment.Name
  }

  private struct Key: Hashable {
    let file: SourceFileID
    let code: DiagnosticCode
  }

  private struct Line: Hashable {
    let key: Key
    let start: Int
  }

  private struct Scope {
    let entry: Int
    let range: Range<Int>
    /// The position of the scope around this one.
    var parent = -1
  }

  private var lines: [Line: Int] = [:]
  private var scopes: [Key: [Scope]] = [:]
  private var files: [Key: Int] = [:]

  /// Adds the entry that has a position among all entries.
  mutating func add(_ index: Int, _ entry: Entry, _ suppression: SuppressionComment, in file: SourceFile) {
    let key = Key(file: file.id, code: entry.code)
    let comment = suppression.comment
    if suppression.isForFile {
      files[key] = files[key] ?? index
    } else if let below = comment.below {
      scopes[key, default: []].append(Scope(entry: index, range: below.range))
    } else if !comment.isWholeLine {
      let line = Line(key: key, start: file.lineStart(before: comment.span.start))
      lines[line] = lines[line] ?? index
    }
  }

  /// Sorts the scopes. Those of one file nest, for they are places of one tree.
  mutating func finish() {
    for (key, unsorted) in scopes {
      var sorted = unsorted.sorted {
        ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
      }
      var chain: [Int] = []
      for index in sorted.indices {
        while let last = chain.last, sorted[last].range.upperBound <= sorted[index].range.lowerBound {
          chain.removeLast()
        }
        sorted[index].parent = chain.last ?? -1
        chain.append(index)
      }
      scopes[key] = sorted
    }
  }

  /// The position of the entry that silences a finding.
  func entry(for diagnostic: Diagnostic, _ sources: SourceMap) -> Int? {
    let place = diagnostic.primary.span
    let key = Key(file: place.file, code: diagnostic.code)
    if !lines.isEmpty, let file = sources[place.file],
      let index = lines[Line(key: key, start: file.lineStart(before: place.start))]
    {
      return index
    }
    return innermost(around: place.start, scopes[key] ?? []) ?? files[key]
  }

  private func innermost(around offset: Int, _ sorted: [Scope]) -> Int? {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    var index = low - 1
    // A finding about what is missing stands behind the last byte.
    while index >= 0, sorted[index].range.upperBound < offset { index = sorted[index].parent }
    return index >= 0 ? sorted[index].entry : nil
  }
}

extension SourceFile {
  /// The offset of the first byte of the line that holds a byte.
  fileprivate func lineStart(before offset: Int) -> Int {
    bytes[..<min(offset, bytes.count)].lastIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map { $0 + 1 } ?? 0
  }
}
