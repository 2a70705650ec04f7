/// Parses a policy in JSON into the same items as HCL, as `hashicorp/hcl` does.
struct JSONPolicyParser {
  /// A key that an object has twice.
  struct Duplicate {
    let first: HCLToken
    let second: HCLToken
  }

  private var lexer: HCLLexer
  private var token: HCLToken
  private var depth = 0
  private var duplicates: [Duplicate] = []

  /// Whether a file is JSON: its first character that is no blank is `{`.
  static func isJSON(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 != 0x20 && !(0x09...0x0D).contains($0) } == UInt8(ascii: "{")
  }

  /// Parses a file up to the first mistake.
  static func parse(_ bytes: [UInt8]) -> (file: HCLFile, duplicates: [Duplicate], error: HCLSyntaxError?) {
    var parser = JSONPolicyParser(bytes)
    do throws(HCLSyntaxError) {
      let root = try parser.parseObject()
      guard parser.token.kind == .end else { throw parser.unexpected("the end of the file") }
      return (HCLFile(items: flattened(root.items)), parser.duplicates, nil)
    } catch {
      return (HCLFile(), parser.duplicates, error)
    }
  }

  private init(_ bytes: [UInt8]) {
    lexer = HCLLexer(bytes, keepsInterpolations: false)
    token = lexer.next()
  }

  private var isColon: Bool { token.kind == .illegal && token.value == ":" }

  private mutating func next() {
    token = lexer.next()
  }

  private func unexpected(_ expected: String) -> HCLSyntaxError {
    if let message = token.error, !isColon, token.kind != .comment {
      return HCLSyntaxError(message: message, range: token.range)
    }
    return HCLSyntaxError(
      message: "expected \(expected), found \(token.kind == .illegal ? "`:`" : token.name)", range: token.range)
  }

  private mutating func parseObject() throws(HCLSyntaxError) -> HCLObject {
    let open = token
    guard open.kind == .openBrace else { throw unexpected("`{`") }
    try enter()
    defer { depth -= 1 }
    next()
    var items: [HCLItem] = []
    var seen: [String: HCLToken] = [:]
    while token.kind != .closeBrace {
      guard token.kind == .string, token.error == nil else { throw unexpected("a key in double quotes, or `}`") }
      let key = token
      if let first = seen.updateValue(key, forKey: key.value) {
        duplicates.append(Duplicate(first: first, second: key))
      }
      next()
      guard isColon else { throw unexpected("`:`") }
      next()
      items.append(HCLItem(keys: [key], isAssigned: true, value: try parseValue()))
      if token.kind == .comma {
        next()
      } else if token.kind != .closeBrace {
        throw unexpected("`,` or `}`")
      }
    }
    let close = token.range
    next()
    return HCLObject(open: open, items: items, close: close.lowerBound, end: close.upperBound)
  }

  private mutating func parseList() throws(HCLSyntaxError) -> HCLList {
    let open = token
    try enter()
    defer { depth -= 1 }
    next()
    var elements: [HCLValue] = []
    while token.kind != .closeBracket {
      elements.append(try parseValue())
      if token.kind == .comma {
        next()
      } else if token.kind != .closeBracket {
        throw unexpected("`,` or `]`")
      }
    }
    let end = token.range.upperBound
    next()
    return HCLList(open: open, elements: elements, end: end)
  }

  private mutating func parseValue() throws(HCLSyntaxError) -> HCLValue {
    switch token.kind {
    case .openBrace: return .object(try parseObject())
    case .openBracket: return .list(try parseList())
    case .string, .integer, .float, .bool:
      guard token.error == nil else { throw unexpected("a value") }
      defer { next() }
      return .literal(HCLLiteral(token: token))
    case .identifier where token.value == "null":
      // HashiCorp's parser turns it into an empty string.
      defer { next() }
      return .literal(HCLLiteral(token: HCLToken(kind: .string, range: token.range, line: token.line, value: "")))
    default: throw unexpected("a value")
    }
  }

  private mutating func enter() throws(HCLSyntaxError) {
    guard depth < HCLParser.depthLimit else {
      throw HCLSyntaxError(message: "values are nested more than \(HCLParser.depthLimit) deep", range: token.range)
    }
    depth += 1
  }

  // MARK: Flattening

  /// Turns objects that hold nothing but objects, and lists of objects, into items with several keys, the shape that
  /// `path "…" { … }` has in HCL.
  private static func flattened(_ items: [HCLItem]) -> [HCLItem] { items.flatMap(expanded) }

  private static func expanded(_ item: HCLItem) -> [HCLItem] {
    var item = item
    switch item.value {
    case .object(var object):
      if !object.items.isEmpty, object.items.allSatisfy({ if case .object = $0.value { true } else { false } }) {
        return object.items.flatMap { inner in
          expanded(HCLItem(keys: item.keys + inner.keys, isAssigned: true, value: inner.value))
        }
      }
      object.items = flattened(object.items)
      item.value = .object(object)
    case .list(var list):
      if !list.elements.isEmpty, list.elements.allSatisfy({ if case .object = $0 { true } else { false } }) {
        return list.elements.flatMap { expanded(HCLItem(keys: item.keys, isAssigned: true, value: $0)) }
      }
      list.elements = list.elements.map {
        guard case .object(var object) = $0 else { return $0 }
        object.items = flattened(object.items)
        return .object(object)
      }
      item.value = .list(list)
    case .literal: break
    }
    return [item]
  }
}
