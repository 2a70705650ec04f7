import SourceDiagnostics

/// What fixes need to know about the text around a place.
extension RuleContext {
  /// The edit that adds an item behind the last one of a block list, or `nil` where the list is written another way.
  /// The item's text is one line.
  func addition(of item: String, behind last: SourceSpan) -> TextEdit? {
    guard let bytes = sources[last.file]?.bytes, last.start <= last.end, last.end <= bytes.count else { return nil }
    let lineStart = bytes[..<last.start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let indentation = bytes[lineStart..<last.start].prefix { $0 == UInt8(ascii: " ") }
    let marker = bytes[(lineStart + indentation.count)..<last.start]
    guard marker.first == UInt8(ascii: "-"), marker.dropFirst().allSatisfy({ $0 == UInt8(ascii: " ") }),
      marker.count > 1
    else { return nil }
    var end = bytes[last.end...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    var lineBreak = "\n"
    if end > last.end, end < bytes.count, bytes[end - 1] == UInt8(ascii: "\r") {
      end -= 1
      lineBreak = "\r\n"
    }
    let rest = bytes[last.end..<end].drop { $0 == UInt8(ascii: " ") }
    guard rest.isEmpty || rest.first == UInt8(ascii: "#") else { return nil }
    let text = lineBreak + String(repeating: " ", count: indentation.count) + "- " + item
    return TextEdit(SourceSpan(file: last.file, start: end, end: end), text)
  }

  /// The edit that adds a key to a mapping in braces, or `nil` where the mapping is written another way.
  func addition(ofKey text: String, toFlowMapping mapping: SourceSpan) -> TextEdit? {
    guard let bytes = sources[mapping.file]?.bytes, mapping.length > 2, mapping.end <= bytes.count,
      bytes[mapping.start] == UInt8(ascii: "{"), bytes[mapping.end - 1] == UInt8(ascii: "}")
    else { return nil }
    let content = bytes[(mapping.start + 1)..<(mapping.end - 1)]
    guard let last = content.lastIndex(where: { $0 != UInt8(ascii: " ") }), bytes[last] != UInt8(ascii: ","),
      !content.contains(UInt8(ascii: "\n"))
    else { return nil }
    return TextEdit(SourceSpan(file: mapping.file, start: last + 1, end: last + 1), ", " + text)
  }

  /// The edit that adds a key to a mapping in braces, or in front of the first key of a block; `nil` where the mapping is
  /// written another way.
  func addition(ofKey text: String, to mapping: SourceSpan?) -> TextEdit? {
    guard let mapping, let bytes = sources[mapping.file]?.bytes, mapping.end <= bytes.count else { return nil }
    if let edit = addition(ofKey: text, toFlowMapping: mapping) { return edit }
    let lineStart = bytes[..<mapping.start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let indentation = bytes[lineStart..<mapping.start]
    guard !indentation.isEmpty, indentation.allSatisfy({ $0 == UInt8(ascii: " ") }) else { return nil }
    let lineBreak = lineStart > 1 && bytes[lineStart - 2] == UInt8(ascii: "\r") ? "\r\n" : "\n"
    let place = SourceSpan(file: mapping.file, start: mapping.start, end: mapping.start)
    return TextEdit(place, text + lineBreak + String(decoding: indentation, as: UTF8.self))
  }

  /// Whether the place is the first item of a list in brackets on its line.
  func isFirstInBrackets(_ span: SourceSpan) -> Bool {
    guard let bytes = sources[span.file]?.bytes, span.start <= bytes.count else { return false }
    return bytes[..<span.start].last { $0 != UInt8(ascii: " ") } == UInt8(ascii: "[")
  }
}
