/// The difference of two texts in the unified format that `diff -u` writes and `patch` reads.
public struct UnifiedDiff: Sendable {
  private let oldName: String
  private let newName: String
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let hunks: [Hunk]

  /// Compares two texts. A line ends with LF; `context` equal lines are shown around each change.
  public init(from old: [UInt8], to new: [UInt8], oldName: String, newName: String, context: Int = 3) {
    self.oldName = oldName
    self.newName = newName
    self.old = Self.lines(old)
    self.new = Self.lines(new)
    hunks = old == new ? [] : Hunk.all(LineDiff(self.old, self.new), context: max(0, context))
  }

  /// Compares two texts that are at hand as strings.
  public init(from old: String, to new: String, oldName: String, newName: String, context: Int = 3) {
    self.init(from: Array(old.utf8), to: Array(new.utf8), oldName: oldName, newName: newName, context: context)
  }

  /// Whether the texts are the same, byte for byte.
  public var isEmpty: Bool { hunks.isEmpty }

  /// How many lines went and how many came.
  public var changedLineCounts: (removed: Int, added: Int) {
    var counts = (removed: 0, added: 0)
    for line in hunks.flatMap(\.lines) {
      if line.kind == .removed { counts.removed += 1 }
      if line.kind == .added { counts.added += 1 }
    }
    return counts
  }

  /// The diff as a file that `patch` can read, every byte as it stands save that broken UTF-8 becomes U+FFFD. Empty when
  /// the texts are the same.
  public var text: String {
    render { line, _ in line }
  }

  /// The diff for a terminal: control characters made visible, coloured if asked for.
  public func terminalText(colour: Bool, characters: DisplayCharacters = .unicode) -> String {
    render { line, style in
      Painter.painted(characters.visible(line, keeping: "\t"), style, colour: colour)
    }
  }

  private func render(_ line: (String, TextStyle) -> String) -> String {
    guard !hunks.isEmpty else { return "" }
    var out = ""
    func write(_ text: String, _ style: TextStyle) {
      out += line(text, style)
      out += "\n"
    }
    write("--- \(oldName)", .emphasis)
    write("+++ \(newName)", .emphasis)
    for hunk in hunks {
      write("@@ -\(Self.range(hunk.old)) +\(Self.range(hunk.new)) @@", .frame)
      for entry in hunk.lines {
        let bytes = entry.kind == .added ? new[entry.index] : old[entry.index]
        let isWhole = bytes.last == UInt8(ascii: "\n")
        write(entry.kind.sign + String(decoding: isWhole ? bytes.dropLast() : bytes, as: UTF8.self), entry.kind.style)
        if !isWhole { write("\\ No newline at end of file", .plain) }
      }
    }
    return out
  }

  private static func range(_ lines: Range<Int>) -> String {
    switch lines.count {
    case 0: "\(lines.lowerBound),0"
    case 1: "\(lines.lowerBound + 1)"
    default: "\(lines.lowerBound + 1),\(lines.count)"
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }
}

/// What happened to a line.
enum LineKind: Sendable {
  case same, removed, added

  /// What stands before the line.
  var sign: String {
    switch self {
    case .same: " "
    case .removed: "-"
    case .added: "+"
    }
  }

  /// How the line is drawn.
  var style: TextStyle {
    switch self {
    case .same: .plain
    case .removed: .removed
    case .added: .added
    }
  }
}

/// A run of changes with the equal lines around it.
private struct Hunk: Sendable {
  struct Line: Sendable {
    let kind: LineKind
    /// The index in the new text for an added line, in the old text for any other.
    let index: Int
  }

  private(set) var old: Range<Int>
  private(set) var new: Range<Int>
  private(set) var lines: [Line] = []

  static func all(_ diff: LineDiff, context: Int) -> [Hunk] {
    var hunks: [Hunk] = []
    var (x, y) = (0, 0)
    // How many equal lines stand directly before (x, y).
    var equal = 0
    while x < diff.removed.count || y < diff.added.count {
      let isRemoved = x < diff.removed.count && diff.removed[x]
      let isAdded = y < diff.added.count && diff.added[y]
      if !isRemoved && !isAdded {
        x += 1
        y += 1
        equal += 1
        continue
      }
      if hunks.isEmpty || equal > 2 * context {
        if !hunks.isEmpty { hunks[hunks.count - 1].appendSame(context) }
        let before = min(equal, context)
        hunks.append(Hunk(old: (x - before)..<(x - before), new: (y - before)..<(y - before)))
        hunks[hunks.count - 1].appendSame(before)
      } else {
        hunks[hunks.count - 1].appendSame(equal)
      }
      equal = 0
      while x < diff.removed.count, diff.removed[x] {
        hunks[hunks.count - 1].append(.removed)
        x += 1
      }
      while y < diff.added.count, diff.added[y] {
        hunks[hunks.count - 1].append(.added)
        y += 1
      }
    }
    if !hunks.isEmpty { hunks[hunks.count - 1].appendSame(min(equal, context)) }
    return hunks
  }

  private init(old: Range<Int>, new: Range<Int>) {
    self.old = old
    self.new = new
  }

  private mutating func appendSame(_ count: Int) {
    for _ in 0..<count { append(.same) }
  }

  private mutating func append(_ kind: LineKind) {
    lines.append(Line(kind: kind, index: kind == .added ? new.upperBound : old.upperBound))
    if kind != .added { old = old.lowerBound..<(old.upperBound + 1) }
    if kind != .removed { new = new.lowerBound..<(new.upperBound + 1) }
  }
}
