import NIOCore

/// The inside of a JSON string that holds JSON itself, as the arguments of a tool call do in OpenAI's dialect.
enum JSONContent {
  /// Undoes one level of escapes: what the string says, as UTF-8.
  static func unescaped(_ content: Span<UInt8>) -> ByteBuffer {
    var text = ByteBuffer()
    text.reserveCapacity(content.count)
    var start = 0
    var index = 0
    while index < content.count {
      guard content[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      text.writeBytes(content.extracting(start..<index).bytes)
      // One escape, or two that are a surrogate pair.
      var end = escapeEnd(content, index)
      if isHighSurrogate(content, index) { end = escapeEnd(content, end) }
      text.writeString(JSONText.decodeContent(content, index..<end))
      index = end
      start = end
    }
    text.writeBytes(content.extracting(start..<content.count).bytes)
    return text
  }

  private static func escapeEnd(_ content: Span<UInt8>, _ index: Int) -> Int {
    guard index + 1 < content.count, content[index] == UInt8(ascii: "\\") else { return index }
    return min(index + (content[index + 1] == UInt8(ascii: "u") ? 6 : 2), content.count)
  }

  private static func isHighSurrogate(_ content: Span<UInt8>, _ index: Int) -> Bool {
    guard index + 4 <= content.count, content[index + 1] == UInt8(ascii: "u") else { return false }
    return content[index + 2] | 0x20 == UInt8(ascii: "d")
      && "89abAB".utf8.contains(content[index + 3])
  }
}
