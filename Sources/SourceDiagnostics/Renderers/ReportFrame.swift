/// The left edge that all lines of one report share: line numbers and the bar beside them.
struct ReportFrame {
  /// The columns of the widest line number.
  let gutter: Int
  /// How the report is to look.
  let options: RenderingOptions

  /// The columns right of the bar and its blank.
  var available: Int { max(options.width - gutter - 3, 20) }

  /// The columns that a line number takes.
  static func columns(of line: Int) -> Int { String(line).utf8.count }

  /// Begins a line that has no number with a sign under the bar.
  func open(_ painter: inout Painter, sign: String) {
    painter.space(gutter + 1)
    painter.write(sign, .frame)
  }

  /// Begins a line of source with its number and a sign.
  func open(_ painter: inout Painter, line: Int, sign: String, _ style: TextStyle = .frame) {
    let number = String(line)
    painter.space(gutter - number.utf8.count)
    painter.write(number, .frame)
    painter.space(1)
    painter.write(sign, style)
  }

  /// A line with the bar alone.
  func writeBar(_ painter: inout Painter) {
    open(&painter, sign: "|")
    painter.newline()
  }

  /// The line that names a place, behind an arrow or dots.
  func writePlace(_ place: String, arrow: String, _ painter: inout Painter) {
    painter.space(gutter)
    painter.write(arrow, .frame)
    painter.write(" " + place)
    painter.newline()
  }

  /// An item such as `= note: …`, broken to the width and indented behind its word.
  func writeItem(_ word: String, _ style: TextStyle, _ text: String, _ painter: inout Painter) {
    let indent = gutter + 3 + word.utf8.count + 2
    open(&painter, sign: "=")
    painter.space(1)
    painter.write(word, style)
    painter.write(":")
    writeWrapped(text, indent: indent, .plain, &painter)
  }

  /// Text behind a word and a colon; further lines stand under the first.
  func writeWrapped(_ text: String, indent: Int, _ style: TextStyle, _ painter: inout Painter) {
    let lines = WordWrap(characters: options.characters).lines(text, width: max(options.width - indent, 20))
    for (index, line) in lines.enumerated() {
      if !line.isEmpty {
        painter.space(index == 0 ? 1 : indent)
        painter.write(line, style)
      }
      painter.newline()
    }
  }
}
