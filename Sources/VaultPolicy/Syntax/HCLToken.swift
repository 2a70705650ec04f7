/// A word of the policy language.
struct HCLToken: Sendable {
  enum Kind: Sendable {
    case end, identifier, string, heredoc, integer, float, bool, comment
    case openBracket, closeBracket, openBrace, closeBrace, comma, assign
    /// A character that begins no token.
    case illegal
  }

  let kind: Kind
  /// Byte offsets in the file.
  let range: Range<Int>
  /// The line it begins on, from 1. Only LF ends a line here, as in HashiCorp's scanner.
  let line: Int
  /// What an identifier, a string, a heredoc, a number or a boolean says; the text of a comment.
  let value: String
  /// What is wrong with it.
  var error: String?

  /// What to call it in a message.
  var name: String {
    switch kind {
    case .end: "the end of the file"
    case .identifier, .integer, .float, .bool: "`\(value)`"
    case .string: "a string"
    case .heredoc: "a heredoc"
    case .comment: "a comment"
    case .openBracket: "`[`"
    case .closeBracket: "`]`"
    case .openBrace: "`{`"
    case .closeBrace: "`}`"
    case .comma: "`,`"
    case .assign: "`=`"
    case .illegal: "`\(value)`"
    }
  }

  var isLiteral: Bool {
    switch kind {
    case .string, .heredoc, .integer, .float, .bool: true
    default: false
    }
  }
}
