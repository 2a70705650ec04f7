/// Lays HCL 1 out as the printer of HashiCorp does (`hcl/printer`, used by `vault policy fmt`), its oddities included.
struct HCLPrinter {
  private let lexer: HCLLexer
  /// Comments that belong to no item and no value, in order.
  private let freeComments: [HCLCommentGroup]
  /// The offset behind which a free comment has not been printed; -1 at the beginning.
  private var printedUpTo = -1

  /// The text of a file that was parsed without errors.
  static func text(of file: HCLFile, bytes: [UInt8]) -> String {
    var printer = HCLPrinter(file, bytes)
    return printer.printFile(file.items).text + "\n"
  }

  private init(_ file: HCLFile, _ bytes: [UInt8]) {
    lexer = HCLLexer(bytes)
    var owned: Set<Int> = []
    Self.collectOwned(file.items, into: &owned)
    freeComments = file.comments.filter { !owned.contains($0.start) }
  }

  private static func collectOwned(_ items: [HCLItem], into owned: inout Set<Int>) {
    for item in items {
      for group in [item.leadComment, item.lineComment] {
        owned.formUnion(group?.comments.map(\.range.lowerBound) ?? [])
      }
      collectOwned(item.value, into: &owned)
    }
  }

  private static func collectOwned(_ value: HCLValue, into owned: inout Set<Int>) {
    switch value {
    case .literal(let literal):
      for group in [literal.leadComment, literal.lineComment] {
        owned.formUnion(group?.comments.map(\.range.lowerBound) ?? [])
      }
    case .list(let list): for element in list.elements { collectOwned(element, into: &owned) }
    case .object(let object): collectOwned(object.items, into: &owned)
    }
  }

  // MARK: Comments

  /// The free comments that have not been printed and stand before an offset, group by group.
  private func pendingComments(before end: Int) -> [[HCLToken]] {
    var low = 0
    var high = freeComments.count
    while low < high {
      let middle = (low + high) / 2
      if freeComments[middle].comments.last.map({ $0.range.lowerBound > printedUpTo }) ?? false {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return freeComments[low...].prefix { $0.start < end }.map { group in
      group.comments.filter { $0.range.lowerBound > printedUpTo && $0.range.lowerBound < end }
    }
  }

  // MARK: Items

  private mutating func printFile(_ items: [HCLItem]) -> HCLLines {
    var output = HCLLines()
    for (index, item) in items.enumerated() {
      for group in pendingComments(before: item.start) {
        for comment in group { output.append(comment.value + "\n") }
        output.newline()
      }
      printedUpTo = item.start
      output.append(printItem(item))
      guard index + 1 < items.count else { break }
      output.newline()
      let next = items[index + 1]
      if next.line != item.line + 1 || !isEmptyBlock(next) || !isEmptyBlock(item) { output.newline() }
    }
    for group in pendingComments(before: Int.max) {
      if printedUpTo >= 0 { output.append("\n\n") }
      for comment in group { output.append(comment.value + "\n") }
    }
    return output
  }

  private func isEmptyBlock(_ item: HCLItem) -> Bool {
    guard item.leadComment == nil, !item.isAssigned, case .object(let object) = item.value else { return false }
    return object.items.isEmpty
  }

  private mutating func printItem(_ item: HCLItem) -> HCLLines {
    var output = leadComments(of: item)
    let isOnOneLine = item.value.line == item.line
    if let comment = item.lineComment, !isOnOneLine {
      for comment in comment.comments { output.append(comment.value + "\n") }
    }
    for key in item.keys { output.append(lexer.text(key.range) + " ") }
    if item.isAssigned { output.append("= ") }
    output.append(printValue(item.value))
    if let comment = item.lineComment, isOnOneLine {
      output.append(" " + comment.comments.map(\.value).joined())
    }
    return output
  }

  private func leadComments(of item: HCLItem) -> HCLLines {
    HCLLines(item.leadComment?.comments.map { $0.value + "\n" }.joined() ?? "")
  }

  /// Prints neighbouring one-line items with their `=` and their comments aligned.
  private mutating func printAligned(_ items: ArraySlice<HCLItem>) -> HCLLines {
    let keyLength = items.map { $0.keys[0].range.count }.max() ?? 0
    var values: [HCLLines] = []
    for item in items { values.append(printValue(item.value)) }
    let valueLength = values.map(\.alignmentLength).max() ?? 0

    var output = HCLLines()
    for (index, (item, value)) in zip(items, values).enumerated() {
      if index > 0 { output.newline() }
      output.append(leadComments(of: item))
      for key in item.keys {
        let name = lexer.text(key.range)
        output.append(name + Self.blanks(keyLength - name.utf8.count + 1))
      }
      if item.keys.count == 1 { output.append("= ") }
      output.append(value)
      if let comment = item.lineComment, item.value.line == item.line {
        output.append(Self.blanks(valueLength - value.alignmentLength + 1))
        output.append(comment.comments.map(\.value).joined())
      }
    }
    return output
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  // MARK: Values

  private mutating func printValue(_ value: HCLValue) -> HCLLines {
    switch value {
    case .literal(let literal): printLiteral(literal)
    case .list(let list): printList(list)
    case .object(let object): printObject(object)
    }
  }

  private func printLiteral(_ literal: HCLLiteral) -> HCLLines {
    let text = lexer.text(literal.token.range)
    switch literal.token.kind {
    case .heredoc: return HCLLines(verbatim: text.hasSuffix("\n") ? String(text.dropLast()) : text)
    case .string: return HCLLines(verbatim: text)
    default: return HCLLines(text)
    }
  }

  private mutating func printObject(_ object: HCLObject) -> HCLLines {
    var output = HCLLines("{")
    var index = 0
    var isOpened = false
    var hasComment = false
    while true {
      let next = index < object.items.count ? object.items[index].start : object.close
      for group in pendingComments(before: next) where !group.isEmpty {
        for comment in group {
          if !isOpened {
            isOpened = true
            output.newline()
          }
          if index > 0 {
            hasComment = true
            output.newline()
          }
          output.append(HCLLines(verbatim: comment.value).indented())
        }
        output.newline()
        if index < object.items.count, let last = group.last, object.items[index].line != last.line + 1 {
          output.newline()
        }
      }
      guard index < object.items.count else { break }
      if !isOpened {
        isOpened = true
        output.newline()
      }
      let run = alignedRun(object.items, from: index)
      if !hasComment, index > 0 { output.newline() }
      if run.isEmpty {
        printedUpTo = object.items[index].start
        output.append(printItem(object.items[index]).indented())
        index += 1
      } else {
        printedUpTo = object.items[run.upperBound - 1].start
        output.append(printAligned(object.items[run]).indented())
        index = run.upperBound
      }
      output.newline()
    }
    printedUpTo = object.close
    output.append("}")
    return output
  }

  /// The items from here on that are one line each, a lead comment aside, and stand on adjacent lines. The first line
  /// of a file counts as adjacent to what is not there before it.
  private func alignedRun(_ items: [HCLItem], from start: Int) -> Range<Int> {
    guard items.count > 1 else { return start..<start }
    var index = start
    while index < items.count, isShort(items[index]) {
      let line = items[index].line
      let isNextAdjacent = index + 1 < items.count && items[index + 1].line == line + 1
      let isPreviousAdjacent = (index > 0 ? items[index - 1].line : 0) == line - 1
      guard isNextAdjacent || isPreviousAdjacent else { break }
      index += 1
      if !isNextAdjacent { break }
    }
    return start..<index
  }

  /// Whether an item takes at most two lines with its comments.
  private func isShort(_ item: HCLItem) -> Bool {
    var lineEnds = 0
    let isOnOneLine = item.value.line == item.line
    for comment in (item.leadComment?.comments ?? []) + (item.lineComment?.comments ?? []) {
      lineEnds += comment.value.utf8.count { $0 == UInt8(ascii: "\n") }
    }
    lineEnds += item.leadComment?.comments.count ?? 0
    for key in item.keys { lineEnds += lexer.text(key.range).utf8.count { $0 == UInt8(ascii: "\n") } }
    if !isOnOneLine { lineEnds += item.lineComment?.comments.count ?? 0 }
    switch item.value {
    case .literal(let literal): lineEnds += printLiteral(literal).lines.count - 1
    case .list(let list):
      guard isOneLine(list) else { return false }
      for case .literal(let literal) in list.elements { lineEnds += printLiteral(literal).lines.count - 1 }
    case .object(let object):
      guard object.items.isEmpty, pendingComments(before: object.close).allSatisfy(\.isEmpty) else { return false }
    }
    return lineEnds <= 1
  }

  // MARK: Lists

  /// Whether a list was written on one line, has literals only, and no comments.
  private func isOneLine(_ list: HCLList) -> Bool {
    list.elements.allSatisfy { element in
      guard case .literal(let literal) = element, literal.token.line == list.open.line else { return false }
      return literal.lineComment == nil && (literal.token.kind != .heredoc || list.elements.count == 1)
    }
  }

  private mutating func printList(_ list: HCLList) -> HCLLines {
    var output = HCLLines("[")
    if isOneLine(list) {
      for (index, element) in list.elements.enumerated() {
        if index > 0 { output.append(", ") }
        output.append(printValue(element))
        if case .literal(let literal) = element, literal.token.kind == .heredoc { output.newline() }
      }
      output.append("]")
      return output
    }
    output.newline()
    var longest = 0
    for case .literal(let literal) in list.elements {
      longest = max(longest, lexer.text(literal.token.range).utf8.count)
    }
    var hasEmptyLine = false
    for (index, element) in list.elements.enumerated() {
      var leadComment: HCLCommentGroup?
      var lineComment: HCLCommentGroup?
      var isHeredoc = false
      if case .literal(let literal) = element {
        leadComment = literal.leadComment
        lineComment = literal.lineComment
        isHeredoc = literal.token.kind == .heredoc
      }
      if let leadComment {
        if !hasEmptyLine, index > 0 { output.newline() }
        for comment in leadComment.comments {
          output.append(HCLLines(comment.value).indented())
          output.newline()
        }
      }
      let value = printValue(element)
      output.append(value.indented())
      // The word that ends a heredoc must stand alone on its line.
      output.append(isHeredoc ? "\n  ," : ",")
      if let lineComment {
        output.append(" " + Self.blanks(longest - value.alignmentLength))
        output.append(lineComment.comments.map(\.value).joined())
      }
      output.newline()
      hasEmptyLine = leadComment != nil && index + 1 < list.elements.count
      if hasEmptyLine { output.newline() }
    }
    output.append("]")
    return output
  }
}
