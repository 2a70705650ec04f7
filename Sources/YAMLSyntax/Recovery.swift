import SourceDiagnostics

/// Reports a syntax error and decides where reading goes on.
///
/// Reading resumes at a line that begins a top-level `key:`. Some errors are noticed long after they were made, so the search
/// may begin before the place that libyaml names; a budget keeps the whole linear.
struct Recovery {
  private let source: UnsafeBufferPointer<UInt8>
  /// How many bytes may still be read.
  private var budget: Int
  private var hasReportedTabs = false

  init(_ source: UnsafeBufferPointer<UInt8>, start: Int) {
    self.source = source
    budget = 4 * source.count + (1 << 20)
  }

  /// Reports `failure`, closes what is open, and returns where to go on; `nil` if there is no such place.
  mutating func resume(after failure: SyntaxFailure, from start: Int, in builder: inout TreeBuilder) -> Int? {
    let syntax = SyntaxProblem(failure, in: source, lastRecord: builder.records.last)
    let place = resumption(from: syntax.resumesBehind, start: start, in: builder)
    budget -= max(0, failure.offset - start)
    builder.distrustLastValue(on: source.lineStart(failure.offset))
    builder.cutOff(resumingAt: place)
    if let tab = syntax.tab {
      if !hasReportedTabs { builder.report { YAMLMistakes.tab(at: tab, in: source, file: $0.file.id) } }
      hasReportedTabs = true
    } else if !isReported(syntax.line, in: builder) {
      builder.report { syntax.diagnostic(in: $0.file) }
    }
    return place
  }

  /// Goes on behind a collection that is too deep or does not fit, which was reported.
  mutating func resume(afterLimitAt offset: Int, from start: Int, in builder: inout TreeBuilder) -> Int? {
    let place = offset >= source.count ? nil : resumption(from: source.nextLine(offset), start: start, in: builder)
    budget -= max(0, offset - start)
    builder.cutOff(resumingAt: place)
    return place
  }

  /// Whether a template without quotes, or bytes that had to be replaced, were found on this line: what libyaml stumbles
  /// over then follows from them.
  private func isReported(_ line: Range<Int>, in builder: TreeBuilder) -> Bool {
    let isReplaced = builder.replacedPlaces.contains { $0.overlaps(line) }
    return isReplaced
      || builder.problems.contains {
        $0.headline == YAMLMistakes.templateWording.headline && line.contains($0.primary.span.start)
      }
  }

  private func resumption(from offset: Int, start: Int, in builder: TreeBuilder) -> Int? {
    guard budget > 0, builder.canResume, builder.problems.count < builder.limits.maximumProblems else { return nil }
    var line = offset
    while line < source.count {
      if line > start, source.isTopLevelKey(line) { return line }
      if source.isDocumentMark(line) { return nil }
      line = source.nextLine(line)
    }
    return nil
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a line looks like `key:` without indentation. `start` is where the line begins.
  func isTopLevelKey(_ start: Int) -> Bool {
    var offset = start
    guard offset < count else { return false }
    let quote = self[offset]
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      offset += 1
      while offset < count, self[offset] != quote, !self[offset].isLineBreak { offset += 1 }
      guard offset < count, self[offset] == quote else { return false }
      offset += 1
    } else {
      while offset < count,
        self[offset].isNameByte || self[offset] >= 0x80 || self[offset] == UInt8(ascii: ".")
          || self[offset] == UInt8(ascii: "/")
      {
        offset += 1
      }
      guard offset > start, quote != UInt8(ascii: "-") else { return false }
    }
    while offset < count, self[offset].isBlank { offset += 1 }
    guard offset < count, self[offset] == UInt8(ascii: ":") else { return false }
    return offset + 1 == count || self[offset + 1].isSpace
  }

  /// Whether a line begins with `---` or `...`.
  func isDocumentMark(_ start: Int) -> Bool {
    guard start + 3 <= count else { return false }
    let byte = self[start]
    guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "."), self[start + 1] == byte, self[start + 2] == byte
    else { return false }
    return start + 3 == count || self[start + 3].isSpace
  }
}
