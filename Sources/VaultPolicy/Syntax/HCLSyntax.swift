/// Comments on adjacent lines.
struct HCLCommentGroup: Sendable {
  var comments: [HCLToken]

  var start: Int { comments.first?.range.lowerBound ?? 0 }
}

/// A value that is one token.
struct HCLLiteral: Sendable {
  let token: HCLToken
  var leadComment: HCLCommentGroup?
  var lineComment: HCLCommentGroup?
}

/// Values between brackets.
struct HCLList: Sendable {
  let open: HCLToken
  var elements: [HCLValue]
  var end: Int
}

/// Items between braces.
struct HCLObject: Sendable {
  let open: HCLToken
  var items: [HCLItem]
  /// The offset of the closing brace.
  var close: Int
  var end: Int

  /// Whether there is a closing brace at all.
  var isClosed: Bool { end > close }
}

/// What stands behind a key.
indirect enum HCLValue: Sendable {
  case literal(HCLLiteral)
  case list(HCLList)
  case object(HCLObject)

  /// The line it begins on.
  var line: Int {
    switch self {
    case .literal(let literal): literal.token.line
    case .list(let list): list.open.line
    case .object(let object): object.open.line
    }
  }

  var range: Range<Int> {
    switch self {
    case .literal(let literal): literal.token.range
    case .list(let list): list.open.range.lowerBound..<max(list.open.range.upperBound, list.end)
    case .object(let object): object.open.range.lowerBound..<max(object.open.range.upperBound, object.end)
    }
  }

  /// What to call it in a message.
  var name: String {
    switch self {
    case .literal(let literal):
      switch literal.token.kind {
      case .string, .heredoc: "a string"
      case .bool: "a boolean"
      default: "a number"
      }
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// An attribute `key = value`, or a block `key "label" { … }`.
struct HCLItem: Sendable {
  /// At least one, unless JSON was flattened to less.
  var keys: [HCLToken]
  /// Whether a `=` stands before the value.
  let isAssigned: Bool
  var value: HCLValue
  var leadComment: HCLCommentGroup?
  var lineComment: HCLCommentGroup?

  var start: Int { keys.first?.range.lowerBound ?? value.range.lowerBound }
  var line: Int { keys.first?.line ?? value.line }
  var range: Range<Int> { min(start, value.range.lowerBound)..<value.range.upperBound }
}

/// A parsed file.
struct HCLFile: Sendable {
  var items: [HCLItem] = []
  /// All comments, also those that belong to an item or a value.
  var comments: [HCLCommentGroup] = []
}

/// A place where a file is not HCL, and why.
struct HCLSyntaxError: Error {
  let message: String
  let range: Range<Int>
  var related: (range: Range<Int>, text: String)?
  var help: String?
  /// What to put in the place of the range, if that cures it.
  var replacement: String?
}
