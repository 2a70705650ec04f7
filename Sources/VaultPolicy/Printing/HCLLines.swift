/// Lines under construction. A verbatim line, the inside of a heredoc, is never indented.
struct HCLLines {
  struct Line {
    var text: String
    var isVerbatim = false
  }

  private(set) var lines = [Line(text: "")]

  init(_ text: String = "") {
    append(text)
  }

  /// Lines of which all but the first are verbatim.
  init(verbatim text: String) {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines = parts.enumerated().map { Line(text: $1, isVerbatim: $0 > 0) }
  }

  /// Appends text; a LF begins a new line.
  mutating func append(_ text: String) {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines[lines.count - 1].text += parts.first ?? ""
    for part in parts.dropFirst() { lines.append(Line(text: String(part))) }
  }

  /// Appends lines; the first continues the last one here.
  mutating func append(_ other: HCLLines) {
    lines[lines.count - 1].text += other.lines[0].text
    lines += other.lines.dropFirst()
  }

  mutating func newline() {
    lines.append(Line(text: ""))
  }

  /// The same with two blanks before each line that is neither empty nor verbatim.
  func indented() -> HCLLines {
    var copy = self
    for index in lines.indices where !lines[index].isVerbatim && !lines[index].text.isEmpty {
      copy.lines[index].text = "  " + lines[index].text
    }
    return copy
  }

  /// The length by which HashiCorp's printer aligns: bytes with line ends, and three more for the mark that it puts
  /// before a verbatim line.
  var alignmentLength: Int {
    lines.reduce(lines.count - 1) { $0 + $1.text.utf8.count + ($1.isVerbatim && !$1.text.isEmpty ? 3 : 0) }
  }

  var text: String { lines.map(\.text).joined(separator: "\n") }
}
