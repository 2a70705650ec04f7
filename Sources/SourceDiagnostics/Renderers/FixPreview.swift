/// What a fix would change, as the lines that go and the lines that come.
struct FixPreview {
  private struct Line {
    let kind: LineKind
    let number: Int
    let bytes: [UInt8]
    let range: Range<Int>
    /// What the line has that its counterpart has not.
    var focus: Range<Int>
  }

  private struct Part {
    /// The place of the change, named when it lies in another file than the one before.
    let span: SourceSpan
    let place: String?
    var lines: [Line] = []
  }

  private var parts: [Part] = []

  /// More lines than this are left out.
  private static let mostLines = 16

  init(_ fix: FixIt, in primary: SourceFileID, _ tables: inout LineTableCache, _ characters: DisplayCharacters) {
    var current = primary
    // How many lines the changes above add to the file.
    var shift = 0
    for edits in Self.hunks(fix.edits, &tables) {
      guard let first = edits.first, let (file, table) = tables.lines(of: first.span.file) else { continue }
      let isElsewhere = first.span.file != current
      if isElsewhere { shift = 0 }
      current = first.span.file
      var part = Part(span: first.span, place: isElsewhere ? tables.place(of: first.span, characters) : nil)
      shift += Self.compare(edits, file, table, shift, &part.lines)
      if !part.lines.isEmpty { parts.append(part) }
    }
  }

  /// Whether there is nothing to show.
  var isEmpty: Bool { parts.isEmpty }

  /// The greatest line number.
  var lastLine: Int { parts.flatMap(\.lines).map(\.number).max() ?? 1 }

  func write(_ frame: ReportFrame, _ painter: inout Painter) {
    var shown = 0
    for part in parts {
      if let place = part.place { frame.writePlace(place, arrow: ":::", &painter) }
      for line in part.lines {
        if shown == Self.mostLines {
          painter.write("...", .frame)
          painter.newline()
          return
        }
        shown += 1
        if line.kind == .same {
          frame.open(&painter, line: line.number, sign: "|")
        } else {
          frame.open(&painter, line: line.number, sign: line.kind.sign, line.kind.style)
        }
        let display = DisplayLine(
          line.bytes, line.range, focus: [line.focus], available: frame.available, characters: frame.options.characters)
        var row = AnnotationRow([])
        row.text = (0, display.text.withoutBlanksAtEnd, line.kind.style)
        row.write(to: &painter)
      }
    }
  }

  /// The edits in groups that touch the same or neighbouring lines.
  private static func hunks(_ edits: [TextEdit], _ tables: inout LineTableCache) -> [[TextEdit]] {
    var hunks: [[TextEdit]] = []
    var lastLine = 0
    for edit in edits {
      guard let (_, table) = tables.lines(of: edit.span.file) else { continue }
      let first = table.line(at: edit.span.start)
      if let previous = hunks.last?.last, previous.span.file == edit.span.file, first <= lastLine + 1 {
        hunks[hunks.count - 1].append(edit)
      } else {
        hunks.append([edit])
      }
      lastLine = table.line(at: edit.span.end)
    }
    return hunks
  }

  /// Adds the changed lines of one group; returns by how many lines the file grows.
  private static func compare(
    _ edits: [TextEdit], _ file: SourceFile, _ table: LineTable, _ shift: Int, _ lines: inout [Line]
  ) -> Int {
    guard let first = edits.first, let last = edits.last else { return 0 }
    let firstLine = table.line(at: first.span.start)
    let lastLine = table.line(at: last.span.end)
    let start = table.lineStarts[firstLine - 1]
    let end = lastLine < table.lineCount ? table.lineStarts[lastLine] : file.bytes.count
    let changed = EditList(edits).applied(to: file.bytes[start..<end])
    let newTable = LineTable(SourceFile(id: file.id, name: file.name, bytes: changed))

    // The table knows an empty line behind the last line break, which nobody sees.
    var old = (firstLine...max(firstLine, lastLine)).map { table.content(ofLine: $0) }
    if old.last?.isEmpty == true, lastLine == table.lineCount { old.removeLast() }
    var new = (1...newTable.lineCount).map { newTable.content(ofLine: $0) }
    if new.last?.isEmpty == true { new.removeLast() }
    let diff = LineDiff(old.map { file.bytes[$0] }, new.map { changed[$0] })

    func same(_ number: Int) -> Line {
      let range = table.content(ofLine: number)
      return Line(
        kind: .same, number: number + shift, bytes: file.bytes, range: range, focus: range.lowerBound..<range.lowerBound
      )
    }
    var (x, y) = (0, 0)
    while x < old.count || y < new.count {
      let removed = x..<((x..<old.count).first { !diff.removed[$0] } ?? old.count)
      let added = y..<((y..<new.count).first { !diff.added[$0] } ?? new.count)
      if removed.isEmpty, added.isEmpty {
        x += 1
        y += 1
        continue
      }
      // New lines alone would hang in the air without the line before them.
      if removed.isEmpty, firstLine + x > 1 { lines.append(same(firstLine + x - 1)) }
      for (index, line) in removed.enumerated() {
        let counterpart = index < added.count ? changed[new[added.lowerBound + index]] : []
        lines.append(
          Line(
            kind: .removed, number: firstLine + line, bytes: file.bytes, range: old[line],
            focus: focus(file.bytes, old[line], counterpart)))
      }
      for (index, line) in added.enumerated() {
        let counterpart = index < removed.count ? file.bytes[old[removed.lowerBound + index]] : []
        lines.append(
          Line(
            kind: .added, number: firstLine + line + shift, bytes: changed, range: new[line],
            focus: focus(changed, new[line], counterpart)))
      }
      (x, y) = (removed.upperBound, added.upperBound)
    }
    return new.count - old.count
  }

  private static func focus(_ bytes: [UInt8], _ range: Range<Int>, _ other: ArraySlice<UInt8>) -> Range<Int> {
    if other.isEmpty { return range.lowerBound..<range.lowerBound }
    let line = bytes[range]
    let head = zip(line, other).prefix { $0 == $1 }.count
    let tail = zip(line.dropFirst(head).reversed(), other.dropFirst(head).reversed()).prefix { $0 == $1 }.count
    return (range.lowerBound + head)..<(range.upperBound - tail)
  }
}
