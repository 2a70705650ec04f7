import Glibc
import SourceDiagnostics

/// Builds the arena of a ``YAMLTree`` from events, and finds the mistakes that libyaml does not look for.
///
/// Children wait on one stack until their collection ends and are then copied to where they stay, so that a node costs a
/// few stores. A root that is a block mapping stays open until ``finish()``: what is read behind a syntax error
/// still goes into it.
struct TreeBuilder {
  /// A collection that is being read.
  struct Frame {
    let node: Int32
    let bits: UInt32
    /// Where its children begin in `pending`.
    let base: Int
    /// Where it begins, brackets included.
    let start: Int
    /// Where its first child begins and its last one ends.
    var contentStart = Int.max
    var contentEnd: Int
    var height = 1
    /// The value of `expandedCount` when it began.
    let expandedBefore: Int
    var isIncomplete = false

    var isMapping: Bool { bits & YAMLRecord.kindMask == YAMLRecord.mapping }
    var isFlow: Bool { bits & YAMLRecord.isFlow != 0 }

    /// Widens the content by the place of a child.
    @inline(__always)
    mutating func include(_ start: Int, _ end: Int) {
      if start < contentStart { contentStart = start }
      if end > contentEnd { contentEnd = end }
    }
  }

  let file: SourceFile
  /// The bytes that are parsed, which are those of the file unless some had to be replaced.
  let bytes: [UInt8]
  /// The same bytes, valid while the tree is built.
  let source: UnsafeBufferPointer<UInt8>
  let limits: YAMLLimits
  /// Places whose bytes were replaced before parsing; a scalar that holds one is incomplete.
  let replacedPlaces: [Range<Int>]

  var records: [YAMLRecord] = []
  var children: [Int32] = []
  var cooked: [UInt8] = []
  var tags: [Int32: String] = [:]
  var anchorNames: [Int32: String] = [:]
  var anchors: [String: Anchor] = [:]
  var problems: [Diagnostic] = []
  var root: Int32?

  /// The collections around `top`, the outermost first.
  var outer: [Frame] = []
  var top: Frame?
  var pending: [Int32] = []
  /// Nodes so far, those behind an alias counted again.
  var expandedCount = 0
  /// Of these, the ones counted again.
  var aliasedCount = 0
  var hasReportedExpansion = false
  /// The root mapping has ended, or was cut off, and can be continued.
  var isRootSuspended = false
  /// A syntax error took away a part of the file, and perhaps anchors with it.
  var hasLostText = false
  var keys = KeyTable()

  init(
    file: SourceFile, bytes: [UInt8], source: UnsafeBufferPointer<UInt8>, limits: YAMLLimits,
    replacedPlaces: [Range<Int>]
  ) {
    self.file = file
    self.bytes = bytes
    self.source = source
    self.limits = limits
    self.replacedPlaces = replacedPlaces
    // A spec has a node every 11 bytes or so. Memory that is not needed in the end is never touched; growing is a copy.
    let estimate = source.count / 8
    records.reserveCapacity(estimate)
    children.reserveCapacity(estimate)
  }

  var depth: Int { top == nil ? 0 : outer.count + 1 }

  /// Keeps a finding, which is made only if there is still room for it.
  mutating func report(_ make: (TreeBuilder) -> Diagnostic) {
    if problems.count < limits.maximumProblems { problems.append(make(self)) }
  }

  func span(_ start: Int, _ end: Int) -> SourceSpan { SourceSpan(file: file.id, start: start, end: end) }

  // MARK: Nodes

  /// Adds a scalar and returns its id. `value` is what libyaml made of it; `isBare` says that no anchor and no tag stands
  /// before it.
  @inline(__always)
  @discardableResult
  mutating func addScalar(
    _ start: Int, _ end: Int, _ value: UnsafePointer<UInt8>, _ length: Int, _ style: YAMLScalarStyle,
    isBare: Bool
  ) -> Int32 {
    var start = start
    var end = end
    var bits = UInt32(style.rawValue) << YAMLRecord.styleShift
    var first = start
    switch style {
    case .plain:
      if end == start, isBare {
        start = emptyValueStart(start)
        end = start
        first = start
      }
    case .singleQuoted, .doubleQuoted: first += 1
    case .literal, .folded:
      end = blockScalarEnd(start, end)
      first = source.skippingSpaces(source.nextLine(start), limit: end)
    }
    if first + length > end || !isInSource(value, length, at: first) {
      first = cooked.count
      cooked.append(contentsOf: UnsafeBufferPointer(start: value, count: length))
      bits |= YAMLRecord.isCooked
    }
    if !replacedPlaces.isEmpty, holdsReplacedPlace(start, end) { bits |= YAMLRecord.isIncomplete }
    let node = addRecord(start, end, first, length, bits)
    attach(node, start, end)
    return node
  }

  /// Adds a plain scalar for something that is not there or cannot be used.
  mutating func addMissing(_ start: Int, _ end: Int) {
    attach(addRecord(start, end, start, 0, YAMLRecord.isIncomplete), start, end)
  }

  @inline(__always)
  private func isInSource(_ value: UnsafePointer<UInt8>, _ length: Int, at offset: Int) -> Bool {
    guard let base = source.baseAddress else { return length == 0 }
    return memcmp(base + offset, value, length) == 0
  }

  @inline(__always)
  mutating func addRecord(_ start: Int, _ end: Int, _ first: Int, _ count: Int, _ bits: UInt32) -> Int32 {
    let node = Int32(truncatingIfNeeded: records.count)
    records.append(
      YAMLRecord(
        start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
        first: UInt32(truncatingIfNeeded: first), count: UInt32(truncatingIfNeeded: count), bits: bits))
    expandedCount += 1
    return node
  }

  /// Makes a finished node a child of the collection around it. The place is that of its alias, if it has come by one.
  @inline(__always)
  mutating func attach(_ node: Int32, _ start: Int, _ end: Int) {
    if top == nil {
      if root == nil { root = node }
      return
    }
    guard !isRootSuspended else { return }
    pending.append(node)
    top?.include(start, end)
  }

  // MARK: Collections

  /// Begins a collection; `false` if it cannot stand here because a root that was to be continued has another shape.
  mutating func beginCollection(_ start: Int, _ bits: UInt32) -> Bool {
    if isRootSuspended {
      isRootSuspended = bits != YAMLRecord.mapping
      return !isRootSuspended
    }
    if let top { outer.append(top) }
    let before = expandedCount
    let node = addRecord(start, start, 0, 0, bits)
    top = Frame(
      node: node, bits: bits, base: pending.count, start: start, contentEnd: start, expandedBefore: before)
    return true
  }

  /// Ends the innermost collection. `end` is where its bracket ends, or `nil` if it has none.
  mutating func endCollection(_ end: Int?) {
    guard let frame = top else { return }
    if outer.isEmpty, frame.bits & (YAMLRecord.kindMask | YAMLRecord.isFlow) == YAMLRecord.mapping {
      isRootSuspended = true
    } else {
      close(frame, end)
    }
  }

  mutating func close(_ frame: Frame, _ bracketEnd: Int?) {
    var isIncomplete = frame.isIncomplete
    if frame.isMapping {
      if (pending.count - frame.base) % 2 == 1 { addMissing(frame.contentEnd, frame.contentEnd) }
      if !checkKeys(of: frame) { isIncomplete = true }
    }
    let count = pending.count - frame.base
    let first = children.count
    children.append(contentsOf: pending[frame.base...])
    pending.removeSubrange(frame.base...)

    let start = bracketEnd == nil && frame.contentStart != Int.max ? frame.contentStart : frame.start
    let end = bracketEnd ?? frame.contentEnd
    let index = Int(frame.node)
    records[index].start = UInt32(truncatingIfNeeded: start)
    records[index].end = UInt32(truncatingIfNeeded: end)
    records[index].first = UInt32(truncatingIfNeeded: first)
    records[index].count = UInt32(truncatingIfNeeded: frame.isMapping ? count / 2 : count)
    if isIncomplete { records[index].bits |= YAMLRecord.isIncomplete }
    if records[index].has(YAMLRecord.hasAnchor) {
      completeAnchor(frame.node, height: frame.height, expanded: expandedCount - frame.expandedBefore)
    }
    top = outer.popLast()
    if frame.height >= top?.height ?? Int.max { top?.height = frame.height + 1 }
    attach(frame.node, start, end)
  }

  // MARK: Places

  /// Where an empty value belongs: behind its colon. libyaml puts it at the next token in flow mappings.
  private func emptyValueStart(_ start: Int) -> Int {
    guard let top, top.isMapping, (pending.count - top.base) % 2 == 1, top.contentEnd <= start else { return start }
    let colon = source.skippingSpaces(top.contentEnd, limit: start)
    return colon < start && source[colon] == UInt8(ascii: ":") ? colon + 1 : top.contentEnd
  }

  /// Where the last line with text of a block scalar ends; libyaml's mark stands behind the blank lines that follow.
  private func blockScalarEnd(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start + 1, source[end - 1].isSpace { end -= 1 }
    return end
  }

  private func holdsReplacedPlace(_ start: Int, _ end: Int) -> Bool {
    replacedPlaces.contains { $0.lowerBound < end && $0.upperBound > start }
  }
}
