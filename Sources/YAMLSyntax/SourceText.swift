extension UnsafeBufferPointer<UInt8> {
  /// The offset behind the character at `offset`.
  func afterCharacter(_ offset: Int) -> Int {
    var next = Swift.min(offset + 1, count)
    while next < count, self[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  /// From `offset` to the next space; empty at the end of a line.
  func word(_ offset: Int) -> Range<Int> {
    var end = Swift.min(offset, count)
    while end < count, !self[end].isSpace { end += 1 }
    return Swift.min(offset, count)..<end
  }

  /// Where a comment begins in a part of a line without quotes.
  func comment(_ range: Range<Int>) -> Int? {
    range.first { self[$0] == UInt8(ascii: "#") && ($0 == 0 || self[$0 - 1].isBlank) }
  }

  /// The first `{{ … }}` of a line that begins a value: behind a colon, a dash or a bracket.
  func template(_ line: Range<Int>) -> Range<Int>? {
    var offset = line.lowerBound
    while offset + 1 < line.upperBound {
      let byte = self[offset]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "#") { return nil }
      if byte == UInt8(ascii: "{"), self[offset + 1] == UInt8(ascii: "{"),
        offset == line.lowerBound || self[offset - 1].isBlank
      {
        var end = offset + 2
        while end < line.upperBound, !(self[end] == UInt8(ascii: "}") && self[end - 1] == UInt8(ascii: "}")) {
          end += 1
        }
        return offset..<Swift.min(end + 1, line.upperBound)
      }
      offset += 1
    }
    return nil
  }
}
