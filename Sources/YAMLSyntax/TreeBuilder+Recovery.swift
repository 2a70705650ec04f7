import SourceDiagnostics

extension TreeBuilder {
  /// Whether what follows a syntax error can still become part of the document.
  var canResume: Bool {
    if let frame = outer.first ?? top { return frame.isMapping && !frame.isFlow }
    guard let root else { return true }
    return records[Int(root)].isScalar
  }

  /// Marks the last value if it ends on the line of a syntax error: `a: x: y` has not got the value `x`.
  mutating func distrustLastValue(on lineStart: Int) {
    guard let frame = top, let last = pending.last, Int(last) == records.count - 1,
      !frame.isMapping || (pending.count - frame.base) % 2 == 0, Int(records[Int(last)].end) > lineStart
    else { return }
    records[Int(last)].bits |= YAMLRecord.isIncomplete
  }

  /// Closes what a syntax error left open. Reading resumes at `resumption`, and what was read from there on is forgotten;
  /// `nil` means that it does not resume.
  mutating func cutOff(resumingAt resumption: Int?) {
    let limit = resumption ?? Int.max
    let keepsRootOpen = canResume
    hasLostText = true
    while let last = records.last, Int(last.start) >= limit { records.removeLast() }
    anchors = anchors.filter { _, anchor in
      Int(anchor.node) < records.count && Int(records[Int(anchor.node)].end) <= limit
    }
    while var frame = top {
      trim(&frame, to: limit)
      frame.isIncomplete = true
      top = frame
      if outer.isEmpty, keepsRootOpen {
        if (pending.count - frame.base) % 2 == 1 { addMissing(frame.contentEnd, frame.contentEnd) }
        isRootSuspended = true
        return
      }
      if frame.start >= limit {
        pending.removeSubrange(frame.base...)
        top = outer.popLast()
      } else {
        close(frame, frame.isFlow ? max(frame.contentEnd, frame.start + 1) : nil)
      }
    }
    // A scalar that stood alone was no document but a line gone wrong.
    if resumption != nil { root = nil }
  }

  /// Drops the children of a collection from the first one that reaches past `limit`. The records behind `limit` are gone
  /// already, and a child behind them may be an alias, whose record says nothing about its place.
  private mutating func trim(_ frame: inout Frame, to limit: Int) {
    guard frame.contentEnd > limit else { return }
    let kept = pending[frame.base...].prefix {
      Int($0) < records.count && Int(records[Int($0)].end) <= limit
    }
    pending.removeSubrange(kept.endIndex...)
    if pending.count == frame.base { frame.contentStart = Int.max }
    frame.contentEnd = frame.start
    for child in pending[frame.base...] { frame.contentEnd = max(frame.contentEnd, Int(records[Int(child)].end)) }
  }

  /// The tree, after the last event. A document of nothing but an empty plain scalar is none.
  mutating func finish() -> YAMLTree {
    isRootSuspended = false
    while let frame = top { close(frame, nil) }
    if let node = root {
      let record = records[Int(node)]
      let properties = YAMLRecord.hasTag | YAMLRecord.hasAnchor
      if record.isScalar, record.isPlain, record.count == 0, !record.has(properties) { root = nil }
    }
    return YAMLTree(
      file: file, root: root.map { YAMLNode(rawValue: $0) }, records: records, children: children,
      source: bytes, cooked: cooked, tags: tags, anchors: anchorNames)
  }
}
