/// Breaks text into lines of a given width at its blanks.
struct WordWrap {
  /// How the characters are counted.
  let characters: DisplayCharacters

  /// The lines of a text. A line break in the text stays one, with the indentation behind it; a word that is wider than a
  /// line stands on a line of its own, unbroken, so that it can be copied. There is at least one line.
  func lines(_ text: String, width: Int) -> [String] {
    if text.utf8.count <= width, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return [text.withoutBlanksAtEnd] }
    var lines: [String] = []
    let scalars = text.unicodeScalars
    for paragraph in scalars.split(separator: "\n", omittingEmptySubsequences: false) {
      var paragraph = paragraph
      if paragraph.last == "\r" { paragraph.removeLast() }
      wrap(characters.visible(String(paragraph)), width: width, into: &lines)
    }
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private func wrap(_ paragraph: String, width: Int, into lines: inout [String]) {
    if characters.width(of: paragraph) <= width {
      lines.append(paragraph.withoutBlanksAtEnd)
      return
    }
    let indent = String(paragraph.prefix { $0 == " " })
    var line = ""
    var lineWidth = 0
    var isEmpty = true
    for word in paragraph.split(separator: " ") {
      let wordWidth = characters.width(of: String(word))
      if isEmpty {
        line = indent + word
        lineWidth = indent.utf8.count + wordWidth
      } else if lineWidth + 1 + wordWidth <= width {
        line += " " + word
        lineWidth += 1 + wordWidth
      } else {
        lines.append(line)
        line = indent + word
        lineWidth = indent.utf8.count + wordWidth
      }
      isEmpty = false
    }
    lines.append(line)
  }
}

extension String {
  /// The text up to the last character that is no blank.
  var withoutBlanksAtEnd: String {
    guard utf8.last == UInt8(ascii: " ") else { return self }
    var scalars = unicodeScalars[...]
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }
}
