import SourceDiagnostics

/// Writes YAML as people and `kubectl` write it: block style, two spaces, dashes in the column of their key.
///
/// The result is a function of the tree alone, can be read by YAML 1.1 and 1.2 readers alike, and gives the same values
/// in both. A line's origin is that of the innermost value with an origin that the line belongs to.
///
/// The file ends with one line feed, unless the very last value is a text that ends with empty lines.
public enum YAMLWriter {
  /// Writes documents, separated by `---`. The header stands above the first as `# …` lines without an origin.
  ///
  /// A value is written recursively, so the stack bounds its depth; a few thousand levels are safe.
  public static func write(_ documents: [YAMLValue], header: [String] = []) -> EmittedText {
    var emission = YAMLEmission()
    for line in header { emission.output.appendComment(line, indent: 0) }
    for (index, document) in documents.enumerated() {
      emission.output.lineOrigin = document.origin
      if index > 0 {
        emission.output.append("---")
        emission.output.endLine()
      }
      emission.output.appendComment(document.comment, indent: 0)
      emission.writeDocument(document)
    }
    return emission.output.emitted
  }
}

/// One run of the writer. Every method starts where the text stands and ends its last line.
private struct YAMLEmission {
  var output = LineBuffer()

  /// A reader need not accept a key before `:` past 1,024 characters (YAML 1.1 5.1, 1.2.2 7.4.2).
  private static let longestImplicitKey = 1000

  mutating func writeDocument(_ document: YAMLValue) {
    switch document.content {
    case .mapping(let entries) where !entries.isEmpty:
      writeEntries(entries, indent: 0, origin: document.origin)
    case .sequence(let elements) where !elements.isEmpty:
      writeElements(elements, indent: 0, origin: document.origin)
    case .string(let text) where YAMLScalarStyle(value: text) == .literal(indicator: true):
      // Readers do not agree on what an indentation indicator counts from at the top.
      writeQuoted(text)
      output.endLine()
    default:
      writeScalar(document.content, indent: 2)
    }
  }

  mutating func writeEntries(_ entries: [YAMLValue.Entry], indent: Int, origin: SourceSpan?) {
    for index in entries.indices {
      if index > 0 { output.pad(indent) }
      let origin = entries[index].value.origin ?? origin
      output.lineOrigin = origin
      output.appendComment(entries[index].value.comment, indent: indent)
      writeKey(entries[index].key, indent: indent)
      switch entries[index].value.content {
      case .mapping(let entries) where !entries.isEmpty:
        output.endLine()
        output.pad(indent + 2)
        writeEntries(entries, indent: indent + 2, origin: origin)
      case .sequence(let elements) where !elements.isEmpty:
        output.endLine()
        output.pad(indent)
        writeElements(elements, indent: indent, origin: origin)
      case let scalar:
        output.append(UInt8(ascii: " "))
        writeScalar(scalar, indent: indent + 2)
      }
    }
  }

  mutating func writeElements(_ elements: [YAMLValue], indent: Int, origin: SourceSpan?) {
    for index in elements.indices {
      if index > 0 { output.pad(indent) }
      let origin = elements[index].origin ?? origin
      output.lineOrigin = origin
      output.appendComment(elements[index].comment, indent: indent)
      output.append("- ")
      switch elements[index].content {
      case .mapping(let entries) where !entries.isEmpty:
        writeEntries(entries, indent: indent + 2, origin: origin)
      case .sequence(let elements) where !elements.isEmpty:
        writeElements(elements, indent: indent + 2, origin: origin)
      case let scalar:
        writeScalar(scalar, indent: indent + 2)
      }
    }
  }

  mutating func writeKey(_ key: String, indent: Int) {
    let start = output.bytes.count
    if YAMLScalarStyle.isPlain(key.utf8Span.span) {
      output.append(key)
    } else {
      writeQuoted(key)
    }
    if output.bytes.count - start > Self.longestImplicitKey {
      output.insert("? ", at: start)
      output.endLine()
      output.pad(indent)
    }
    output.append(UInt8(ascii: ":"))
  }

  /// Writes a scalar or an empty collection. `indent` is the column of the lines below it, if it needs any.
  mutating func writeScalar(_ content: YAMLValue.Content, indent: Int) {
    switch content {
    case .string(let text):
      switch YAMLScalarStyle(value: text) {
      case .plain: output.append(text)
      case .doubleQuoted: writeQuoted(text)
      case .literal(let indicator): return writeLiteral(text, indent: indent, indicator: indicator)
      }
    case .number(let text):
      if isNumberText(text) { output.append(text) } else { writeQuoted(text) }
    case .integer(let number): output.append(String(number))
    case .boolean(let flag): output.append(flag ? "true" : "false")
    case .null: output.append("null")
    case .sequence: output.append("[]")
    case .mapping: output.append("{}")
    }
    output.endLine()
  }

  private func isNumberText(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }

  mutating func writeQuoted(_ text: String) {
    let bytes = text.utf8Span.span
    output.append(UInt8(ascii: "\""))
    var written = 0
    var index = 0
    while index < bytes.count {
      var length = YAMLScalarStyle.unprintableLength(bytes, at: index)
      if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "\\") { length = 1 }
      guard length > 0 else {
        index += 1
        continue
      }
      output.append(bytes.extracting(written..<index))
      output.appendEscape(scalar(bytes.extracting(index..<index + length)))
      index += length
      written = index
    }
    output.append(bytes.extracting(written..<index))
    output.append(UInt8(ascii: "\""))
  }

  /// The scalar that one to three bytes of valid UTF-8 stand for.
  private func scalar(_ bytes: Span<UInt8>) -> Unicode.Scalar {
    var value = UInt32(bytes[0])
    if bytes.count > 1 { value &= 0xFF >> (UInt32(bytes.count) + 1) }
    for index in 1..<bytes.count { value = value << 6 | UInt32(bytes[index] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  mutating func writeLiteral(_ text: String, indent: Int, indicator: Bool) {
    let bytes = text.utf8Span.span
    let lineFeed = UInt8(ascii: "\n")
    output.append(UInt8(ascii: "|"))
    if indicator { output.append(UInt8(ascii: "2")) }
    if bytes[bytes.count - 1] != lineFeed {
      output.append(UInt8(ascii: "-"))
    } else if bytes[bytes.count - 2] == lineFeed {
      output.append(UInt8(ascii: "+"))
    }
    output.endLine()
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != lineFeed { end += 1 }
      if end > start {
        output.pad(indent)
        output.append(bytes.extracting(start..<end))
      }
      output.endLine()
      start = end + 1
    }
  }
}
