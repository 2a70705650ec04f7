/// Draws what stands under one line of source.
struct LabelLayout {
  let display: DisplayLine
  /// The bars that run past the line.
  let bars: [TextStyle?]
  /// The columns before the source.
  let indent: Int
  /// The columns at hand, `indent` included.
  let available: Int
  let wrap: WordWrap

  /// A label gets at least as many columns as this before it is moved to the left.
  private static let leastRoom = 24

  private struct Mark {
    let label: PlacedLabel
    let start: Int
    let end: Int
  }

  /// The underlines of places that lie on this line, and their texts: one beside the underlines where nothing follows it,
  /// the others below, each at the end of a line that leads down from its place.
  func rows(of labels: [PlacedLabel]) -> [AnnotationRow] {
    if labels.isEmpty { return [] }
    let marks = labels.map { label in
      let start = indent + display.startColumn(of: label.range.lowerBound)
      return Mark(
        label: label, start: start, end: max(start + 1, indent + display.endColumn(of: label.range.upperBound)))
    }
    var underline = AnnotationRow(bars)
    for mark in marks where !mark.label.isPrimary { paint(mark, in: &underline) }
    for mark in marks where mark.label.isPrimary { paint(mark, in: &underline) }

    // From left to right; of several that begin at one column the first is written first, so it stands last.
    var hanging = marks.reversed().filter { !$0.label.text.isEmpty }.sorted {
      ($0.start, $0.end, $0.label.isPrimary ? 1 : 0) < ($1.start, $1.end, $1.label.isPrimary ? 1 : 0)
    }
    var rows = [underline]
    let end = marks.map(\.end).max() ?? 0
    if let index = hanging.lastIndex(where: { $0.end == end }), fits(hanging[index].label.text, at: end + 1) {
      let mark = hanging.remove(at: index)
      write(mark.label, at: end + 1, leading: hanging, to: &rows, continuing: true)
    }
    if !hanging.isEmpty, rows.count == 1 { rows.append(connectors(hanging)) }
    while let mark = hanging.popLast() {
      write(mark.label, at: column(of: mark, beside: hanging), leading: hanging, to: &rows, continuing: false)
    }
    return rows
  }

  /// The end of a place over several lines, and its text.
  func closingRows(of label: PlacedLabel, _ bars: inout [TextStyle?]) -> [AnnotationRow] {
    guard let slot = label.slot else { return [] }
    let column = indent + max(display.endColumn(of: label.range.upperBound) - 1, 0)
    var row = AnnotationRow(bars)
    row.paint("_", (slot + 1)..<column, label.style, overwriting: false)
    row.paint(label.mark, column..<(column + 1), label.style)
    bars[slot] = nil
    if label.text.isEmpty { return [row] }
    let room = max(available - column - 2, Self.leastRoom)
    let lines = wrap.lines(wrap.characters.visible(label.text), width: room)
    return lines.enumerated().map { index, line in
      var next = index == 0 ? row : AnnotationRow(bars)
      next.text = (column + 2, line, label.style)
      return next
    }
  }

  /// The start of a place over several lines.
  func openingRows(of label: PlacedLabel, _ bars: inout [TextStyle?]) -> [AnnotationRow] {
    guard let slot = label.slot else { return [] }
    let column = indent + display.startColumn(of: label.range.lowerBound)
    var row = AnnotationRow(bars)
    row.paint("_", (slot + 1)..<column, label.style, overwriting: false)
    row.paint(label.mark, column..<(column + 1), label.style)
    bars[slot] = label.style
    return [row]
  }

  private func paint(_ mark: Mark, in row: inout AnnotationRow) {
    row.paint(mark.label.mark, mark.start..<mark.end, mark.label.style)
  }

  private func connectors(_ marks: [Mark]) -> AnnotationRow {
    var row = AnnotationRow(bars)
    for mark in marks { row.paint("|", mark.start..<(mark.start + 1), mark.label.style) }
    return row
  }

  private func fits(_ text: String, at column: Int) -> Bool {
    available - column >= min(Self.leastRoom, wrap.characters.width(of: wrap.characters.visible(text)))
  }

  /// Where the text of a hanging label begins: under its place, or further left where there is too little room.
  private func column(of mark: Mark, beside others: [Mark]) -> Int {
    if fits(mark.label.text, at: mark.start) || mark.start >= available { return mark.start }
    let width = wrap.characters.width(of: wrap.characters.visible(mark.label.text))
    let free = others.filter { $0.start < mark.start }.map { $0.start + 2 }.max() ?? indent
    return min(mark.start, max(free, available - width))
  }

  private func write(
    _ label: PlacedLabel, at column: Int, leading hanging: [Mark], to rows: inout [AnnotationRow], continuing: Bool
  ) {
    let text = wrap.characters.visible(label.text)
    for (index, line) in wrap.lines(text, width: max(available - column, Self.leastRoom)).enumerated() {
      if index > 0 || !continuing { rows.append(connectors(hanging.filter { $0.start < column })) }
      rows[rows.count - 1].text = (column, line, label.style)
    }
  }
}
