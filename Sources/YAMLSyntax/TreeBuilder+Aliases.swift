import SourceDiagnostics

extension TreeBuilder {
  /// What an anchor stands for.
  struct Anchor {
    let node: Int32
    /// Levels of collections in it, aliases followed.
    var height: Int
    /// Nodes in it, aliases followed.
    var expanded: Int
    /// Whether its collection is still being read.
    var isOpen: Bool
  }

  /// Names a node that was just added.
  mutating func addAnchor(_ name: String, to node: Int32, isOpen: Bool) {
    records[Int(node)].bits |= YAMLRecord.hasAnchor
    anchorNames[node] = name
    anchors[name] = Anchor(node: node, height: 0, expanded: 1, isOpen: isOpen)
  }

  mutating func completeAnchor(_ node: Int32, height: Int, expanded: Int) {
    guard let name = anchorNames[node], anchors[name]?.node == node else { return }
    anchors[name] = Anchor(node: node, height: height, expanded: expanded, isOpen: false)
  }

  /// Puts the node of an anchor in the place of an alias, or an incomplete scalar if that cannot be.
  mutating func addAlias(_ name: String, _ start: Int, _ end: Int) {
    let place = span(start, end)
    guard let anchor = anchors[name] else {
      if !hasLostText { report { YAMLMistakes.undefinedAlias(name, at: place, known: $0.anchors.keys.sorted()) } }
      return addMissing(start, end)
    }
    let record = records[Int(anchor.node)]
    let target = span(Int(record.start), Int(record.end))
    if anchor.isOpen {
      report { _ in YAMLMistakes.recursiveAlias(name, at: place, target: target.startPoint) }
      return addMissing(start, end)
    }
    if depth + anchor.height > limits.maximumDepth {
      report { YAMLMistakes.tooDeep(at: place, limit: $0.limits.maximumDepth) }
      return addMissing(start, end)
    }
    if aliasedCount + anchor.expanded > limits.maximumExpandedNodes {
      if !hasReportedExpansion {
        report {
          YAMLMistakes.aliasExplosion(name, at: place, target: target, limit: $0.limits.maximumExpandedNodes)
        }
      }
      hasReportedExpansion = true
      return addMissing(start, end)
    }
    expandedCount += anchor.expanded
    aliasedCount += anchor.expanded
    if anchor.height >= top?.height ?? Int.max { top?.height = anchor.height + 1 }
    attach(anchor.node, start, end)
  }
}
