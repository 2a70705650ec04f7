import GatewaySpec
import SourceDiagnostics

/// Edits that take something out together with the comma, the line or the blanks that it would leave behind.
extension RuleContext {
  /// The edit that removes a key with its value, or `nil` where that needs a person: see ``removal(from:through:)``.
  func removal<Value>(of setting: Setting<Value>) -> TextEdit? {
    removal(from: setting.keySpan, through: setting.span)
  }

  /// The edit that removes an entry that the author named.
  func removal<Name, Value>(of entry: NamedEntry<Name, Value>) -> TextEdit? {
    removal(from: entry.name.span, through: entry.setting.span)
  }

  /// The fix that removes something, for findings about what would better not be there.
  func removing(_ edit: TextEdit?, _ safety: FixIt.Safety = .unsafe) -> [FixIt] {
    edit.map { [FixIt("remove it", safety, edits: [$0])] } ?? []
  }

  /// The edit that removes an entry of a mapping or an item of a list in brackets. `nil` where it is alone in a block,
  /// which would leave a key without a value, and where the text around it is of a form that is not understood.
  private func removal(from first: SourceSpan, through last: SourceSpan) -> TextEdit? {
    guard let bytes = sources[first.file]?.bytes, first.file == last.file, first.start < last.end,
      last.end <= bytes.count
    else { return nil }
    let before = bytes[..<first.start].lastIndex { $0 != UInt8(ascii: " ") }
    guard let before, bytes[before] != UInt8(ascii: "\n") else {
      return lineRemoval(bytes, before.map { $0 + 1 } ?? 0, first.start, through: last.end, in: first.file)
    }
    guard let after = bytes[last.end...].firstIndex(where: { $0 != UInt8(ascii: " ") }) else { return nil }
    func edit(_ start: Int, _ end: Int) -> TextEdit {
      TextEdit(SourceSpan(file: first.file, start: start, end: end), "")
    }
    switch (bytes[before], bytes[after]) {
    case (UInt8(ascii: "{"), UInt8(ascii: ",")), (UInt8(ascii: "["), UInt8(ascii: ",")),
      (UInt8(ascii: ","), UInt8(ascii: ",")):
      let next = bytes[(after + 1)...].firstIndex { $0 != UInt8(ascii: " ") } ?? after + 1
      return edit(first.start, next)
    case (UInt8(ascii: ","), UInt8(ascii: "}")), (UInt8(ascii: ","), UInt8(ascii: "]")):
      return edit(before, last.end)
    case (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "["), UInt8(ascii: "]")):
      return edit(before + 1, after)
    default: return nil
    }
  }

  /// Removes whole lines of a block, from the one that starts with the key to the one that ends the value.
  private func lineRemoval(
    _ bytes: [UInt8], _ lineStart: Int, _ keyStart: Int, through valueEnd: Int, in file: SourceFileID
  ) -> TextEdit? {
    let lineEnd = bytes[valueEnd...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
    let rest = bytes[valueEnd..<lineEnd].drop { $0 == UInt8(ascii: " ") }.first
    guard rest.map({ "#\r\n".utf8.contains($0) }) ?? true else { return nil }
    let column = keyStart - lineStart
    guard hasKey(at: column, in: bytes[..<lineStart].reversedLines) || hasKey(at: column, in: bytes[lineEnd...].lines)
    else { return nil }
    return TextEdit(SourceSpan(file: file, start: lineStart, end: lineEnd), "")
  }

  /// Whether the nearest of these lines that is not deeper holds a key in that column.
  private func hasKey(at column: Int, in lines: some Sequence<ArraySlice<UInt8>>) -> Bool {
    for line in lines {
      let content = line.drop { $0 == UInt8(ascii: " ") }
      guard let first = content.first, !"#\r\n".utf8.contains(first) else { continue }
      let key = content.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") }
      let isItem = first == UInt8(ascii: "-")
      if key.startIndex - line.startIndex == column { return !isItem || content.startIndex - line.startIndex < column }
      if content.startIndex - line.startIndex <= column { return false }
    }
    return false
  }
}

extension ArraySlice<UInt8> {
  /// The lines from the first to the last, without their line breaks.
  fileprivate var lines: some Sequence<ArraySlice<UInt8>> {
    sequence(state: self) { (rest: inout ArraySlice<UInt8>) in
      guard !rest.isEmpty else { return nil }
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      defer { rest = rest[Swift.min(end + 1, rest.endIndex)...] }
      return rest[..<end]
    }
  }

  /// The lines from the last to the first, without their line breaks.
  fileprivate var reversedLines: some Sequence<ArraySlice<UInt8>> {
    sequence(state: self) { (rest: inout ArraySlice<UInt8>) in
      guard let last = rest.last else { return nil }
      let text = last == UInt8(ascii: "\n") ? rest.dropLast() : rest
      let start = text.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.startIndex
      rest = rest[..<start]
      return text[start...]
    }
  }
}
