/// Turns byte offsets of one file into lines and columns.
///
/// A line ends with LF, CRLF or a lone CR. The table is built once in linear time; a look-up is a binary search.
public struct LineTable: Sendable {
  /// The offset of the first byte of each line; the first is 0.
  public let lineStarts: [Int]
  private let bytes: [UInt8]

  /// Makes the table of a file.
  public init(_ file: SourceFile) {
    bytes = file.bytes
    var starts = [0]
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "\n") {
        starts.append(offset)
      } else if byte == UInt8(ascii: "\r") {
        if offset < bytes.count, bytes[offset] == UInt8(ascii: "\n") { offset += 1 }
        starts.append(offset)
      }
    }
    lineStarts = starts
  }

  /// The number of lines; a file that ends with a line break has an empty last line.
  public var lineCount: Int { lineStarts.count }

  /// The line that holds a byte offset, from 1. An offset behind the end lies on the last line.
  public func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The bytes of a line without its line break. `line` counts from 1; a line that does not exist is empty.
  public func content(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    if line < lineStarts.count {
      if end > start, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
      if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    }
    return start..<end
  }

  /// The position of an offset as people count: line and column from 1, the column in Unicode scalars. A byte order mark
  /// counts for nothing.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    return (line, counts(from: lineStarts[line - 1], to: offset).scalars + 1)
  }

  /// The column of an offset in UTF-16 code units, from 1, as SARIF and language servers count. A byte order mark counts
  /// for nothing.
  public func utf16Column(at offset: Int) -> Int {
    let counts = counts(from: lineStarts[line(at: offset) - 1], to: offset)
    return counts.scalars + counts.surrogatePairs + 1
  }

  /// For each line the number of UTF-16 code units before it. A byte order mark counts for nothing. Computed on each call,
  /// in linear time.
  func utf16LineStarts() -> [Int] {
    var total = 0
    return lineStarts.indices.map { index in
      defer {
        let end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
        let counts = counts(from: lineStarts[index], to: end)
        total += counts.scalars + counts.surrogatePairs
      }
      return total
    }
  }

  private func counts(from start: Int, to offset: Int) -> (scalars: Int, surrogatePairs: Int) {
    let line = start..<min(max(offset, start), bytes.count)
    var counts = (scalars: 0, surrogatePairs: 0)
    for index in line {
      let byte = bytes[index]
      if byte & 0xC0 != 0x80 { counts.scalars += 1 }
      // Exactly the scalars of four bytes take two UTF-16 code units.
      if byte >= 0xF0 { counts.surrogatePairs += 1 }
    }
    if start == 0, !line.isEmpty, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { counts.scalars -= 1 }
    return counts
  }
}
