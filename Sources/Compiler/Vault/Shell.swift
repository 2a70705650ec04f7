/// Words of a POSIX shell.
enum Shell {
  /// The text as one word: bare if no shell could take it for more, else between single quotes. A line end cannot stand in a
  /// comment, so it becomes a blank.
  static func quoted(_ text: String) -> String {
    if isBare(text) { return text }
    return "'" + comment(text).split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  /// `NAME=VALUE` as one word for Vault's command line, which would read the file that a bare `@` names.
  static func argument(_ name: String, _ value: String) -> String {
    quoted("\(name)=\(value.hasPrefix("@") ? "\\" : "")\(value)")
  }

  /// The text in a comment: on one line.
  static func comment(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

  private static func isBare(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"): true
        case UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "%"): true
        default: false
        }
      }
  }
}
