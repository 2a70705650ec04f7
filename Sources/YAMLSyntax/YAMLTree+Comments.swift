public import SourceDiagnostics

/// A comment of a YAML file.
public struct YAMLComment: Hashable, Sendable {
  /// From `#` to the end of the line, without the line break.
  public let span: SourceSpan
  /// What stands behind the `#`, without blanks around it.
  public let text: String
  /// Whether nothing but blanks stands before it on its line.
  public let isWholeLine: Bool
}

extension YAMLTree {
  /// The comments of the file in order of appearance. Computed on each call, in linear time.
  ///
  /// A `#` begins a comment at the start of a line and behind a blank, outside of scalars. In a part of the file that a
  /// syntax error made unreadable this is a guess.
  public func comments() -> [YAMLComment] {
    var comments: [YAMLComment] = []
    source.withUnsafeBufferPointer { bytes in
      var nextRecord = 0
      var blockEnd = 0
      var isLineBlank = true
      var offset = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
      while offset < bytes.count {
        while nextRecord < records.count, !records[nextRecord].isScalar || Int(records[nextRecord].start) < offset {
          nextRecord += 1
        }
        if nextRecord < records.count, Int(records[nextRecord].start) == offset {
          let record = records[nextRecord]
          nextRecord += 1
          if record.isBlockScalar {
            // A comment may stand behind the `|`, so only the lines below are jumped over.
            blockEnd = Int(record.end)
          } else if Int(record.end) > offset {
            offset = Int(record.end)
            isLineBlank = false
            continue
          }
        }
        let byte = bytes[offset]
        if byte == UInt8(ascii: "#"), isLineBlank || bytes[offset - 1].isBlank {
          let end = bytes.lineEnd(offset)
          comments.append(comment(offset..<end, isWholeLine: isLineBlank, in: bytes))
          offset = end
        } else if byte.isLineBreak {
          isLineBlank = blockEnd <= offset
          offset = max(offset + 1, blockEnd)
        } else {
          if !byte.isBlank { isLineBlank = false }
          offset += 1
        }
      }
    }
    return comments
  }

  private func comment(
    _ range: Range<Int>, isWholeLine: Bool, in bytes: UnsafeBufferPointer<UInt8>
  ) -> YAMLComment {
    var text = bytes[range.lowerBound + 1..<range.upperBound]
    while text.first?.isBlank == true { text = text.dropFirst() }
    while text.last?.isBlank == true { text = text.dropLast() }
    return YAMLComment(
      span: SourceSpan(file: file.id, start: range.lowerBound, end: range.upperBound),
      text: String(decoding: text, as: UTF8.self), isWholeLine: isWholeLine)
  }
}
