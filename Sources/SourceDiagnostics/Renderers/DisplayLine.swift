/// One line of source as it stands on the screen: what is written, and the column of each byte.
///
/// Tabs reach to the next stop of four columns, characters are shown as ``DisplayCharacters`` says. A line that is too wide
/// is cut to the places in focus and what stands around them.
struct DisplayLine {
  /// What is written.
  private(set) var text = ""
  /// The number of columns of `text`.
  private(set) var width = 0
  /// The first byte of each piece and its column, both ascending.
  private var marks: [(offset: Int, column: Int)] = []
  private let range: Range<Int>
  private let isPlain: Bool

  private static let tabStop = 4

  /// Lays out the bytes of a line.
  ///
  /// - Parameters:
  ///   - line: the line without its line break.
  ///   - focus: ranges inside it that must stay visible, at least their ends.
  ///   - available: the number of columns at hand.
  init(_ bytes: [UInt8], _ line: Range<Int>, focus: [Range<Int>], available: Int, characters: DisplayCharacters) {
    // A byte order mark says how to read the file and is no part of its text.
    let hasMark = line.lowerBound == 0 && bytes[line].starts(with: [0xEF, 0xBB, 0xBF])
    range = hasMark ? 3..<line.upperBound : line
    isPlain = range.count <= available && bytes[range].allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if isPlain {
      text = String(decoding: bytes[range], as: UTF8.self)
      width = range.count
      return
    }
    let reader = LineReader(bytes, range, focus: focus, available: available, characters: characters)
    write(reader, LineWindows(reader, focus: focus, available: available).ranges)
  }

  /// The column of the character that holds a byte; the column behind the line for an offset behind it.
  func startColumn(of offset: Int) -> Int {
    if offset >= range.upperBound { return width }
    if isPlain { return max(offset - range.lowerBound, 0) }
    return marks.isEmpty ? 0 : marks[index(of: offset)].column
  }

  /// The column behind the last character that holds a byte before `offset`.
  func endColumn(of offset: Int) -> Int {
    if offset >= range.upperBound { return width }
    if isPlain || marks.isEmpty { return startColumn(of: offset) }
    let index = index(of: offset)
    if marks[index].offset >= offset { return marks[index].column }
    return index + 1 < marks.count ? marks[index + 1].column : width
  }

  private func index(of offset: Int) -> Int {
    var low = 0
    var high = marks.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if marks[middle].offset <= offset { low = middle } else { high = middle }
    }
    return low
  }

  private mutating func write(_ reader: LineReader, _ windows: [Range<Int>]) {
    let ellipsis = reader.characters.ellipsis
    var windows = windows[...]
    var isCut = false
    var read = range.lowerBound
    func cut(_ line: inout DisplayLine, at offset: Int) {
      if isCut { return }
      isCut = true
      line.append(ellipsis, width: reader.ellipsisWidth, at: offset)
    }
    marks.reserveCapacity(reader.pieces.count)
    for (index, piece) in reader.pieces.enumerated() {
      if let window = windows.first, index >= window.upperBound { windows.removeFirst() }
      if piece.offset > read { cut(&self, at: read) }
      read = piece.offset + piece.length
      if windows.first?.contains(index) != true {
        cut(&self, at: piece.offset)
        continue
      }
      isCut = false
      if piece.isTab {
        let columns = Self.tabStop - width % Self.tabStop
        append(String(repeating: " ", count: columns), width: columns, at: piece.offset)
      } else {
        append(piece.text, width: piece.width, at: piece.offset)
      }
    }
    if read < range.upperBound { cut(&self, at: read) }
  }

  private mutating func append(_ piece: String, width columns: Int, at offset: Int) {
    marks.append((offset, width))
    text += piece
    width += columns
  }
}
