/// One line right of the frame's bar: signs in columns, then at most one piece of text.
struct AnnotationRow {
  /// Text behind the signs, and the column where it begins.
  var text: (column: Int, content: String, style: TextStyle)?
  private var signs: [(sign: Unicode.Scalar, style: TextStyle)] = []

  /// A line with a bar in each column that has a style.
  init(_ bars: [TextStyle?]) {
    for (column, style) in bars.enumerated() {
      if let style { paint("|", column..<(column + 1), style) }
    }
  }

  /// Whether there is nothing to see.
  var isEmpty: Bool { signs.isEmpty && (text?.content.isEmpty ?? true) }

  /// Puts a sign into columns, over what stands there or only where nothing does.
  mutating func paint(
    _ sign: Unicode.Scalar, _ columns: Range<Int>, _ style: TextStyle, overwriting: Bool = true
  ) {
    while signs.count < columns.upperBound { signs.append((" ", .plain)) }
    for column in columns where overwriting || signs[column].sign == " " { signs[column] = (sign, style) }
  }

  /// Writes the line with the blank before it and the line break, without blanks at its end.
  func write(to painter: inout Painter) {
    if isEmpty {
      painter.newline()
      return
    }
    painter.space(1)
    var column = 0
    while column < signs.count {
      let style = signs[column].style
      var run = String.UnicodeScalarView()
      while column < signs.count, signs[column].style == style {
        run.append(signs[column].sign)
        column += 1
      }
      painter.write(String(run), style)
    }
    if let text, !text.content.isEmpty {
      painter.space(text.column - column)
      painter.write(text.content, text.style)
    }
    painter.newline()
  }
}
