/// A label with the lines that it lies on.
struct PlacedLabel {
  /// The bytes to underline, without line breaks at the end; empty for a point.
  let range: Range<Int>
  /// The numbers of the lines that it touches.
  let lines: ClosedRange<Int>
  /// What it says.
  let text: String
  /// Whether it is the place at fault.
  let isPrimary: Bool
  /// How it is drawn.
  let style: TextStyle
  /// For a place over several lines, the column of its bar.
  private(set) var slot: Int?
  /// Whether nothing but blanks stands before it on its first line.
  let opensAtIndent: Bool

  /// The sign that underlines it.
  var mark: Unicode.Scalar { isPrimary ? "^" : "-" }

  init(_ label: Diagnostic.Label, isPrimary: Bool, _ severity: Severity, _ file: SourceFile, _ table: LineTable) {
    let bytes = file.bytes
    func isBreak(_ offset: Int) -> Bool { bytes[offset] == UInt8(ascii: "\n") || bytes[offset] == UInt8(ascii: "\r") }
    let start = min(label.span.start, bytes.count)
    var end = min(label.span.end, bytes.count)
    while end > start, isBreak(end - 1) { end -= 1 }
    range = start..<end
    lines = table.line(at: start)...table.line(at: max(start, end - 1))
    text = label.text
    self.isPrimary = isPrimary
    style = isPrimary ? .severity(severity) : .frame
    let before = table.lineStarts[lines.lowerBound - 1]..<start
    opensAtIndent = bytes[before].allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
  }

  /// The parts of it that its drawing under a line points at.
  func points(on line: Int) -> [Range<Int>] {
    if slot == nil { return [range] }
    var points: [Range<Int>] = []
    if line == lines.lowerBound { points.append(range.lowerBound..<range.lowerBound) }
    if line == lines.upperBound { points.append(max(range.lowerBound, range.upperBound - 1)..<range.upperBound) }
    return points
  }

  /// Gives each place over several lines the leftmost bar that is free on all of them; returns the number of bars.
  static func assignSlots(_ labels: inout [PlacedLabel]) -> Int {
    let order = labels.indices.filter { labels[$0].lines.count > 1 }.sorted {
      let (left, right) = (labels[$0].lines, labels[$1].lines)
      return (left.lowerBound, -left.upperBound, $0) < (right.lowerBound, -right.upperBound, $1)
    }
    var lastLines: [Int] = []
    for index in order {
      let lines = labels[index].lines
      let slot = lastLines.firstIndex { $0 < lines.lowerBound } ?? lastLines.count
      if slot == lastLines.count { lastLines.append(0) }
      lastLines[slot] = lines.upperBound
      labels[index].slot = slot
    }
    return lastLines.count
  }
}
