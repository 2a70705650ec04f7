/// Chooses which characters of a line are shown when not all of them fit.
struct LineWindows {
  /// Ascending ranges of indices into the characters of the line.
  private(set) var ranges: [Range<Int>]

  /// A gap as narrow as this is shown rather than cut out.
  private static let narrowGap = 4

  init(_ reader: LineReader, focus: [Range<Int>], available: Int) {
    let pieces = reader.pieces
    var columns = [0]
    columns.reserveCapacity(pieces.count + 1)
    for piece in pieces { columns.append(columns[columns.count - 1] + piece.width) }
    let total = columns[pieces.count]
    ranges = [pieces.indices]
    if total <= available { return }

    func column(of offset: Int) -> Int {
      columns[Self.firstIndex(pieces.count) { pieces[$0].offset + pieces[$0].length > offset }]
    }
    var cores: [Range<Int>] = []
    for place in focus {
      let start = min(column(of: place.lowerBound), total - 1)
      let end = min(max(column(of: place.upperBound), start + 1), total)
      if end - start <= available / 2 {
        cores.append(start..<end)
      } else {
        // The ends of a long place show what it is; its middle does not.
        cores += [start..<(start + available / 4), (end - available / 4)..<end]
      }
    }
    if cores.isEmpty { cores = [0..<1] }
    let spare = available - cores.reduce(0) { $0 + $1.count } - reader.ellipsisWidth * (cores.count + 1)
    // Little stands to the left of a place, so that its label has room to the right.
    let margin = min(max(spare / (2 * cores.count), 2), 16)
    var shown = Self.merged(cores.map { max(0, $0.lowerBound - margin)..<min(total, $0.upperBound + margin) })
    Self.fill(&shown, total, available - reader.ellipsisWidth * (shown.count + 1))
    ranges = Self.merged(shown).map { window in
      Self.firstIndex(pieces.count) {
        columns[$0] >= window.lowerBound
      }..<Self.firstIndex(pieces.count) {
        columns[$0] >= window.upperBound
      }
    }
  }

  private static func merged(_ windows: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for window in windows.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, window.lowerBound <= last.upperBound + narrowGap {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, window.upperBound)
      } else {
        result.append(window)
      }
    }
    return result
  }

  /// Gives the columns that are left to the end of the last window, then to the start of the first.
  private static func fill(_ windows: inout [Range<Int>], _ total: Int, _ available: Int) {
    guard let first = windows.first, let last = windows.last else { return }
    var spare = max(0, available - windows.reduce(0) { $0 + $1.count })
    let right = min(spare, total - last.upperBound)
    windows[windows.count - 1] = last.lowerBound..<(last.upperBound + right)
    spare -= right
    let left = min(spare, first.lowerBound)
    windows[0] = (first.lowerBound - left)..<windows[0].upperBound
  }

  private static func firstIndex(_ count: Int, where holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
