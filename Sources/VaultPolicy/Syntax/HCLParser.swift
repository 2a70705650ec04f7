/// Parses HCL 1 into items, and goes on after a mistake.
///
/// Comments are attached as HashiCorp's parser attaches them, for the layout of ``PolicyFormatter`` depends on it.
struct HCLParser {
  /// Far more than any policy needs; keeps hostile input from exhausting the stack.
  static let depthLimit = 64

  private var lexer: HCLLexer
  private var token: HCLToken
  private var isTokenPending = false
  private var comments: [HCLCommentGroup] = []
  private var leadComment: HCLCommentGroup?
  private var lineComment: HCLCommentGroup?
  private var depth = 0
  private var errors: [HCLSyntaxError] = []
  /// Whether nothing could be parsed since a string without end. Its closing quote then begins another one, which is no
  /// mistake of its own.
  private var isBehindUnclosedString = false

  /// Parses a file. With errors the items are what could be made out.
  static func parse(_ bytes: [UInt8]) -> (file: HCLFile, errors: [HCLSyntaxError]) {
    var parser = HCLParser(bytes)
    var items: [HCLItem] = []
    repeat {
      items += parser.parseItems()
    } while parser.skipStrayBrace()
    return (HCLFile(items: hoisted(items), comments: parser.comments), parser.errors)
  }

  private init(_ bytes: [UInt8]) {
    lexer = HCLLexer(bytes)
    token = HCLToken(kind: .end, range: 0..<0, line: 0, value: "")
  }

  // MARK: Tokens

  /// The next token that is no comment. Comments on the way become the pending lead or line comment.
  private mutating func scan() throws(HCLSyntaxError) -> HCLToken {
    if isTokenPending {
      isTokenPending = false
    } else {
      let previousLine = token.line
      token = lexer.next()
      if token.kind == .comment { collectComments(after: previousLine) }
    }
    if let message = token.error { throw Self.error(message, about: token) }
    return token
  }

  /// A mistake in a token, with the cure for what people know from other languages.
  private static func error(_ message: String, about token: HCLToken) -> HCLSyntaxError {
    var error = HCLSyntaxError(message: message, range: token.range)
    switch (token.kind, token.value) {
    case (.illegal, ":"): (error.help, error.replacement) = ("write `=` between a key and its value", " =")
    case (.illegal, ";"): (error.help, error.replacement) = ("remove it; nothing is needed between attributes", "")
    default: break
    }
    return error
  }

  /// Hands the last token out once more.
  private mutating func unscan() {
    isTokenPending = true
  }

  private mutating func collectComments(after previousLine: Int) {
    if token.line == previousLine {
      let (group, endLine) = collectGroup(reach: 0)
      if token.line != endLine { lineComment = group }
    }
    var last: (group: HCLCommentGroup, endLine: Int)?
    while token.kind == .comment, token.error == nil { last = collectGroup(reach: 1) }
    guard let last, last.endLine + 1 == token.line else { return }
    if token.kind != .closeBrace, token.kind != .closeBracket { leadComment = last.group }
  }

  private mutating func collectGroup(reach: Int) -> (HCLCommentGroup, endLine: Int) {
    var group = HCLCommentGroup(comments: [])
    var endLine = token.line
    while token.kind == .comment, token.error == nil, token.line <= endLine + reach {
      endLine = token.line + token.value.utf8.count { $0 == UInt8(ascii: "\n") }
      group.comments.append(token)
      token = lexer.next()
    }
    if !group.comments.isEmpty { comments.append(group) }
    return (group, endLine)
  }

  // MARK: Items

  /// Parses items up to the closing brace, which is left, or to the end of the file.
  private mutating func parseItems() -> [HCLItem] {
    var items: [HCLItem] = []
    while true {
      do throws(HCLSyntaxError) {
        let next = try scan()
        unscan()
        if next.kind == .end || next.kind == .closeBrace { return items }
        items.append(try parseItem())
        isBehindUnclosedString = false
        if try scan().kind != .comma { unscan() }
      } catch {
        let isUnclosed = error.message == HCLString.unclosed
        if !isUnclosed || !isBehindUnclosedString { errors.append(error) }
        isBehindUnclosedString = isBehindUnclosedString || isUnclosed
        recover()
      }
    }
  }

  private mutating func parseItem() throws(HCLSyntaxError) -> HCLItem {
    var keys: [HCLToken] = []
    var next = try scan()
    while next.kind == .identifier || next.kind == .string {
      keys.append(next)
      next = try scan()
    }
    guard let firstKey = keys.first else {
      throw HCLSyntaxError(message: "expected a key, found \(next.name)", range: next.range)
    }
    let lead = leadComment
    leadComment = nil

    let value: HCLValue
    switch next.kind {
    case .assign where keys.count == 1: value = try parseValue(of: firstKey)
    case .assign:
      throw HCLSyntaxError(
        message: "a `=` stands before a block with a label", range: next.range, help: "remove it", replacement: "")
    case .openBrace: value = .object(try parseObject(next))
    default:
      unscan()
      let written = keys.map { lexer.text($0.range) }.joined(separator: " ")
      throw HCLSyntaxError(message: "expected `=` or `{` after `\(written)`, found \(next.name)", range: next.range)
    }
    var item = HCLItem(keys: keys, isAssigned: next.kind == .assign, value: value, leadComment: lead)
    if let comment = takeLineComment() { item.lineComment = comment }
    // A comment behind the value is only seen with the next token.
    if let _ = try? scan(), value.line == firstKey.line, let comment = takeLineComment() { item.lineComment = comment }
    unscan()
    return item
  }

  private mutating func takeLineComment() -> HCLCommentGroup? {
    defer { lineComment = nil }
    return lineComment
  }

  private mutating func parseValue(of key: HCLToken) throws(HCLSyntaxError) -> HCLValue {
    let next = try scan()
    switch next.kind {
    case .openBrace: return .object(try parseObject(next))
    case .openBracket: return .list(try parseList(next))
    case _ where next.isLiteral: return .literal(HCLLiteral(token: next))
    default:
      unscan()
      throw HCLSyntaxError(
        message: "expected a value for `\(key.value)`, found \(next.name)", range: next.range,
        help: Self.help(for: next))
    }
  }

  private mutating func parseObject(_ open: HCLToken) throws(HCLSyntaxError) -> HCLObject {
    try enter(open)
    defer { depth -= 1 }
    let items = parseItems()
    let close = try scan()
    guard close.kind == .closeBrace else {
      unscan()
      errors.append(
        HCLSyntaxError(
          message: "this `{` is not closed", range: open.range, related: (close.range, "the file ends here")))
      return HCLObject(open: open, items: items, close: close.range.lowerBound, end: close.range.lowerBound)
    }
    return HCLObject(open: open, items: items, close: close.range.lowerBound, end: close.range.upperBound)
  }

  private mutating func parseList(_ open: HCLToken) throws(HCLSyntaxError) -> HCLList {
    try enter(open)
    defer { depth -= 1 }
    var elements: [HCLValue] = []
    var needsComma = false
    while true {
      let next = try scan()
      switch next.kind {
      case .closeBracket: return HCLList(open: open, elements: elements, end: next.range.upperBound)
      case .comma:
        // A comment behind the comma belongs to the element before it.
        _ = try scan()
        unscan()
        if case .literal(var literal) = elements.last, let comment = takeLineComment() {
          literal.lineComment = comment
          elements[elements.count - 1] = .literal(literal)
        }
        needsComma = false
      case _ where needsComma:
        unscan()
        throw HCLSyntaxError(
          message: "expected `,` or `]` in a list, found \(next.name)", range: next.range,
          related: (open.range, "the list begins here"))
      case .openBrace:
        elements.append(.object(try parseObject(next)))
        needsComma = true
      case .openBracket: elements.append(.list(try parseList(next)))
      case _ where next.isLiteral:
        elements.append(.literal(HCLLiteral(token: next, leadComment: leadComment)))
        leadComment = nil
        needsComma = true
      default:
        unscan()
        throw HCLSyntaxError(
          message: "expected a value in a list, found \(next.name)", range: next.range,
          related: (open.range, "the list begins here"), help: Self.help(for: next))
      }
    }
  }

  private static func help(for token: HCLToken) -> String? {
    token.kind == .identifier ? "text stands in double quotes; there are no functions and no `null`" : nil
  }

  private mutating func enter(_ open: HCLToken) throws(HCLSyntaxError) {
    depth += 1
    guard depth <= Self.depthLimit else {
      depth -= 1
      throw HCLSyntaxError(message: "values are nested more than \(Self.depthLimit) deep", range: open.range)
    }
  }

  // MARK: After a mistake

  /// Moves the `path` blocks in an object without closing brace out of it: that brace is what was forgotten.
  private static func hoisted(_ items: [HCLItem]) -> [HCLItem] {
    items.flatMap { item in
      guard case .object(var object) = item.value, !object.isClosed,
        let first = object.items.firstIndex(where: { $0.keys.count > 1 && $0.keys[0].value == "path" })
      else { return [item] }
      let rest = Array(object.items[first...])
      object.items.removeSubrange(first...)
      var outer = item
      outer.value = .object(object)
      return [outer] + hoisted(rest)
    }
  }

  /// Skips the rest of a broken item: up to the brace that closes the object around it, or to a word that begins a
  /// line.
  private mutating func recover() {
    var open = 0
    var line = token.line
    // A token with an error has been used up; another one may be where the next item begins.
    if token.error != nil || !isTokenPending { token = nextSkippingComments() }
    isTokenPending = true
    while token.kind != .end {
      switch token.kind {
      case .openBrace, .openBracket: open += 1
      case .closeBrace where open == 0: return
      case .closeBrace, .closeBracket: open = max(0, open - 1)
      case .identifier, .string: if open == 0, token.line > line { return }
      default: break
      }
      line = token.line
      token = nextSkippingComments()
    }
  }

  private mutating func nextSkippingComments() -> HCLToken {
    var next = lexer.next()
    while next.kind == .comment { next = lexer.next() }
    return next
  }

  /// At the end of the top level: skips a brace that closes nothing, and those that follow it. `false` at the end of
  /// the file.
  private mutating func skipStrayBrace() -> Bool {
    guard token.kind == .closeBrace else { return false }
    errors.append(HCLSyntaxError(message: "this `}` closes nothing", range: token.range))
    while token.kind == .closeBrace { token = nextSkippingComments() }
    isTokenPending = true
    return true
  }
}
