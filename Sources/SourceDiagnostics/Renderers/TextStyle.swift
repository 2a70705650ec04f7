/// What a piece of a report is, from which its colour follows.
enum TextStyle: Hashable, Sendable {
  case plain
  /// A headline, or the word that opens a note.
  case emphasis
  /// The severity and what it points at.
  case severity(Severity)
  /// Line numbers, bars and labels of places that are not at fault.
  case frame
  /// The word that opens advice.
  case advice
  /// A line that goes.
  case removed
  /// A line that comes.
  case added

  /// The parameters of the terminal's "select graphic rendition" sequence (ECMA-48, 8.3.117).
  fileprivate var parameters: String {
    switch self {
    case .plain: ""
    case .emphasis: "1"
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.note), .advice: "1;36"
    case .frame: "1;94"
    case .removed: "31"
    case .added: "32"
    }
  }
}

/// Writes styled text; without colour the styles come to nothing.
struct Painter {
  /// What has been written.
  private(set) var text = ""
  /// Whether styles are written as escape sequences.
  let colour: Bool

  init(colour: Bool) {
    self.colour = colour
  }

  /// Writes a piece of text in one style. The text must be visible already.
  mutating func write(_ piece: String, _ style: TextStyle = .plain) {
    if !colour || style == .plain || piece.isEmpty {
      text += piece
    } else {
      text += "\u{1B}[" + style.parameters + "m"
      text += piece
      text += "\u{1B}[0m"
    }
  }

  /// Writes blanks.
  mutating func space(_ count: Int) {
    switch count {
    case ..<1: break
    case 1: text += " "
    default: text += String(repeating: " ", count: count)
    }
  }

  /// Ends the line.
  mutating func newline() {
    text += "\n"
  }

  /// One piece of text in one style.
  static func painted(_ piece: String, _ style: TextStyle, colour: Bool) -> String {
    var painter = Painter(colour: colour)
    painter.write(piece, style)
    return painter.text
  }
}
