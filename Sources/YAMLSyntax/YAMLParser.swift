public import SourceDiagnostics

/// What came of parsing a file.
public struct YAMLParseResult: Sendable {
  /// What could be read, even if there were mistakes.
  public let tree: YAMLTree
  /// The mistakes, in the order of the file.
  public let diagnostics: [Diagnostic]
}

/// Reads YAML.
public enum YAMLParser {
  /// Reads the first document of a file. Never throws and never stops at a mistake: behind a syntax error it goes on at the
  /// next top-level key, and the tree holds what could be understood.
  public static func parse(_ file: SourceFile, limits: YAMLLimits = .standard) -> YAMLParseResult {
    if file.bytes.count > limits.maximumBytes {
      return .empty(file, YAMLMistakes.tooLarge(at: file.span.startPoint, size: file.bytes.count, limits))
    }
    if let encoding = UTF16Mark(file.bytes) {
      return .empty(file, YAMLMistakes.otherEncoding(encoding.name, at: encoding.span(in: file)))
    }
    let start = file.bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    let check = file.bytes.withUnsafeBufferPointer { EncodingCheck($0, from: start) }
    guard let first = check.places.first else {
      return read(file, file.bytes, from: start, isASCII: check.isASCII, limits, replacedPlaces: [], problems: [])
    }
    let problem = YAMLMistakes.badCharacters(check, first: first, in: file)
    if check.isHopeless { return .empty(file, problem) }
    // A stand-in of the same length that means nothing to YAML keeps all offsets, so the rest can be read.
    var bytes = file.bytes
    for place in check.places {
      for offset in place.range { bytes[offset] = UInt8(ascii: "_") }
    }
    return read(
      file, bytes, from: start, isASCII: check.isASCII, limits, replacedPlaces: check.places.map(\.range),
      problems: [problem])
  }

  private static func read(
    _ file: SourceFile, _ bytes: [UInt8], from start: Int, isASCII: Bool, _ limits: YAMLLimits,
    replacedPlaces: [Range<Int>], problems: [Diagnostic]
  ) -> YAMLParseResult {
    bytes.withUnsafeBufferPointer { source in
      var builder = TreeBuilder(
        file: file, bytes: bytes, source: source, limits: limits, replacedPlaces: replacedPlaces)
      builder.problems = problems
      var recovery = Recovery(source, start: start)
      var position: Int? = start
      while let next = position {
        var loop = EventLoop(source, from: next, isASCII: isASCII)
        switch loop.run(into: &builder) {
        case .finished: position = nil
        case .failed(let failure): position = recovery.resume(after: failure, from: next, in: &builder)
        case .stopped(let offset): position = recovery.resume(afterLimitAt: offset, from: next, in: &builder)
        }
      }
      let tree = builder.finish()
      if tree.root == nil, builder.problems.isEmpty {
        builder.report { _ in YAMLMistakes.emptyFile(at: SourceSpan(file: file.id, start: start, end: start)) }
      }
      let diagnostics = builder.problems.isEmpty ? [] : builder.problems.sortedForDisplay()
      return YAMLParseResult(tree: tree, diagnostics: diagnostics)
    }
  }
}

extension YAMLParseResult {
  /// The result for a file that cannot be read at all.
  static func empty(_ file: SourceFile, _ problem: Diagnostic) -> YAMLParseResult {
    let tree = YAMLTree(
      file: file, root: nil, records: [], children: [], source: file.bytes, cooked: [], tags: [:], anchors: [:])
    return YAMLParseResult(tree: tree, diagnostics: [problem])
  }
}

/// The byte order mark of an encoding other than UTF-8.
struct UTF16Mark {
  let name: String
  let length: Int

  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      (name, length) = ("UTF-32", 4)
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      (name, length) = ("UTF-16", 2)
    } else {
      return nil
    }
  }

  func span(in file: SourceFile) -> SourceSpan { SourceSpan(file: file.id, start: 0, end: length) }
}
