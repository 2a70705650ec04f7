/// Which lines of an old text went and which lines of a new text came.
///
/// Myers' algorithm in linear space. Lines that stand on one side only are set aside first, and a search that grows dear
/// settles for a good split, so that the cost stays near linear; the answer is then right but perhaps not the shortest.
struct LineDiff {
  /// For each old line whether it went.
  private(set) var removed: [Bool]
  /// For each new line whether it came.
  private(set) var added: [Bool]

  /// Compares two lists of lines.
  init(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var end = 0
    while end < old.count - start, end < new.count - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
      end += 1
    }
    removed = [Bool](repeating: false, count: old.count)
    added = [Bool](repeating: false, count: new.count)

    var numbers: [ArraySlice<UInt8>: Int] = [:]
    let left = Self.number(old, start..<(old.count - end), &numbers)
    let right = Self.number(new, start..<(new.count - end), &numbers)
    let leftSet = Set(left.map(\.line))
    let rightSet = Set(right.map(\.line))
    for entry in left where !rightSet.contains(entry.line) { removed[entry.index] = true }
    for entry in right where !leftSet.contains(entry.line) { added[entry.index] = true }

    let search = MiddleSearch(
      old: left.filter { rightSet.contains($0.line) }, new: right.filter { leftSet.contains($0.line) })
    search.mark(&removed, &added)
  }

  private static func number(
    _ lines: [ArraySlice<UInt8>], _ range: Range<Int>, _ numbers: inout [ArraySlice<UInt8>: Int]
  ) -> [NumberedLine] {
    range.map { index in
      let next = numbers.count
      let number = numbers[lines[index], default: next]
      if number == next { numbers[lines[index]] = next }
      return NumberedLine(index: index, line: number)
    }
  }
}

/// A line as a number that is equal for equal lines.
private struct NumberedLine {
  let index: Int
  let line: Int
}

/// Splits a comparison at a point on a shortest path until nothing is left to compare.
private struct MiddleSearch {
  let old: [NumberedLine]
  let new: [NumberedLine]

  /// After this many edits the search takes the furthest point it has reached.
  private static let dearest = 256

  func mark(_ removed: inout [Bool], _ added: inout [Bool]) {
    var boxes = [(old: old.indices, new: new.indices)]
    while var box = boxes.popLast() {
      while let left = box.old.first, let right = box.new.first, old[left].line == new[right].line {
        box.old.removeFirst()
        box.new.removeFirst()
      }
      while let left = box.old.last, let right = box.new.last, old[left].line == new[right].line {
        box.old.removeLast()
        box.new.removeLast()
      }
      if box.old.isEmpty || box.new.isEmpty {
        for index in box.old { removed[old[index].index] = true }
        for index in box.new { added[new[index].index] = true }
      } else {
        let (x, y) = split(box.old, box.new)
        boxes.append((box.old.lowerBound..<x, box.new.lowerBound..<y))
        boxes.append((x..<box.old.upperBound, y..<box.new.upperBound))
      }
    }
  }

  /// A point strictly inside the box through which a short path goes. Neither the first nor the last lines are equal.
  private func split(_ left: Range<Int>, _ right: Range<Int>) -> (Int, Int) {
    let (width, height) = (left.count, right.count)
    let delta = width - height
    let limit = min((width + height + 1) / 2, Self.dearest)
    var forward = Frontier(limit)
    var backward = Frontier(limit)
    for edits in 0...limit {
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        guard var x = forward.start(diagonal, edits, width, height) else { continue }
        while x < width, x - diagonal < height,
          old[left.lowerBound + x].line == new[right.lowerBound + x - diagonal].line
        { x += 1 }
        forward[diagonal] = x
        if delta % 2 != 0, let other = backward.reach(delta - diagonal, within: edits - 1), x + other >= width {
          return (left.lowerBound + x, right.lowerBound + x - diagonal)
        }
      }
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        guard var x = backward.start(diagonal, edits, width, height) else { continue }
        while x < width, x - diagonal < height,
          old[left.upperBound - 1 - x].line == new[right.upperBound - 1 - x + diagonal].line
        { x += 1 }
        backward[diagonal] = x
        if delta % 2 == 0, let other = forward.reach(delta - diagonal, within: edits), x + other >= width {
          return (left.upperBound - x, right.upperBound - x + diagonal)
        }
      }
    }
    let (x, y) = forward.furthest(limit)
    return (left.lowerBound + x, right.lowerBound + y)
  }
}

/// How far a search has come on each diagonal; a diagonal is the old position minus the new one.
private struct Frontier {
  private var reached: [Int]
  private let middle: Int

  init(_ limit: Int) {
    middle = limit + 1
    reached = [Int](repeating: -1, count: 2 * limit + 3)
  }

  subscript(diagonal: Int) -> Int {
    get { reached[middle + diagonal] }
    set { reached[middle + diagonal] = newValue }
  }

  /// The old position that one more edit leads to, or `nil` if it leaves the box.
  mutating func start(_ diagonal: Int, _ edits: Int, _ width: Int, _ height: Int) -> Int? {
    if edits == 0 { return 0 }
    var x = -1
    let below = self[diagonal - 1]
    if below >= 0, below < width { x = below + 1 }
    let above = self[diagonal + 1]
    if above >= 0, above - diagonal <= height { x = max(x, above) }
    self[diagonal] = x
    return x >= 0 ? x : nil
  }

  func reach(_ diagonal: Int, within edits: Int) -> Int? {
    guard abs(diagonal) <= edits, self[diagonal] >= 0 else { return nil }
    return self[diagonal]
  }

  func furthest(_ edits: Int) -> (Int, Int) {
    var best = (x: 0, y: 0)
    for diagonal in stride(from: -edits, through: edits, by: 2) where self[diagonal] >= 0 {
      let (x, y) = (self[diagonal], self[diagonal] - diagonal)
      if x + y > best.x + best.y { best = (x, y) }
    }
    return best
  }
}
