/// The lines of one file that a finding points at, with what it says about them.
struct Excerpt {
  private let file: SourceFile
  private let table: LineTable
  private let labels: [PlacedLabel]
  /// The number of columns that bars of places over several lines take.
  private let slots: Int
  /// The numbers of the lines to show, ascending.
  private let lines: [Int]
  /// The place that the heading of the excerpt names.
  let firstSpan: SourceSpan

  /// Of a place over more lines than this only the first and the last are shown.
  private static let mostLines = 6
  private static let linesAtHead = 3
  private static let linesAtTail = 2

  /// The number of the last line shown.
  var lastLine: Int { lines.last ?? 1 }

  init(
    _ file: SourceFile, _ table: LineTable, _ labels: [(label: Diagnostic.Label, isPrimary: Bool)], _ severity: Severity
  ) {
    self.file = file
    self.table = table
    firstSpan = labels.first?.label.span ?? file.span.startPoint
    var placed = labels.map { PlacedLabel($0.label, isPrimary: $0.isPrimary, severity, file, table) }
    slots = PlacedLabel.assignSlots(&placed)
    self.labels = placed

    var shown: Set<Int> = []
    for label in placed {
      if label.lines.count <= Self.mostLines {
        shown.formUnion(label.lines)
      } else {
        shown.formUnion(label.lines.prefix(Self.linesAtHead))
        shown.formUnion(label.lines.suffix(Self.linesAtTail))
      }
      // The empty line behind the last line break says nothing without the line before it.
      if label.lines.lowerBound > 1, table.content(ofLine: label.lines.lowerBound).isEmpty {
        shown.insert(label.lines.lowerBound - 1)
      }
    }
    var lines: [Int] = []
    for line in shown.sorted() {
      // One line left out takes as much room as the dots in its place.
      if let last = lines.last, line - last == 2 { lines.append(line - 1) }
      lines.append(line)
    }
    self.lines = lines
  }

  func write(_ frame: ReportFrame, _ painter: inout Painter) {
    var bars = [TextStyle?](repeating: nil, count: slots)
    var previous: Int?
    for line in lines {
      if let previous, line > previous + 1 { writeGap(bars, frame, &painter) }
      previous = line
      writeLine(line, &bars, frame, &painter)
    }
  }

  /// The columns between the bar of the frame and the source.
  private var indent: Int { slots == 0 ? 0 : slots + 1 }

  private func writeLine(_ line: Int, _ bars: inout [TextStyle?], _ frame: ReportFrame, _ painter: inout Painter) {
    let here = labels.filter { $0.lines.contains(line) }
    let content = table.content(ofLine: line)
    let display = DisplayLine(
      file.bytes, content, focus: here.flatMap { $0.points(on: line) }.map { $0.clamped(to: content) },
      available: frame.available - indent, characters: frame.options.characters)

    var row = AnnotationRow(bars)
    for label in here where label.opensAtIndent && label.lines.lowerBound == line {
      guard let slot = label.slot else { continue }
      row.paint("/", slot..<(slot + 1), label.style)
      bars[slot] = label.style
    }
    row.text = (indent, display.text.withoutBlanksAtEnd, .plain)
    frame.open(&painter, line: line, sign: "|")
    row.write(to: &painter)

    func write(_ rows: [AnnotationRow]) {
      for row in rows {
        frame.open(&painter, sign: "|")
        row.write(to: &painter)
      }
    }
    let layout = LabelLayout(
      display: display, bars: bars, indent: indent, available: frame.available,
      wrap: WordWrap(characters: frame.options.characters))
    write(layout.rows(of: here.filter { $0.slot == nil }))
    for label in here where label.slot != nil && label.lines.upperBound == line {
      write(layout.closingRows(of: label, &bars))
    }
    for label in here where label.slot != nil && label.lines.lowerBound == line && !label.opensAtIndent {
      write(layout.openingRows(of: label, &bars))
    }
  }

  /// Dots for lines that are left out.
  private func writeGap(_ bars: [TextStyle?], _ frame: ReportFrame, _ painter: inout Painter) {
    painter.write("...", .frame)
    let row = AnnotationRow(bars)
    if !row.isEmpty { painter.space(frame.gutter - 1) }
    row.write(to: &painter)
  }
}
