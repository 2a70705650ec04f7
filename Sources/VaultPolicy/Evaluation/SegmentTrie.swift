/// Finds the rules of the segment kind that match a path: a tree with one level a segment, in which `+` is a branch of
/// its own.
struct SegmentTrie: Sendable {
  private struct Node: Sendable {
    var children: [ArraySlice<UInt8>: Int] = [:]
    var wildcardChild: Int?
    /// The rule that ends here without a glob.
    var end: EffectiveRule?
    /// Rules whose last segment, a prefix of what follows, comes next.
    var openEnds = PrefixTable([])
  }

  private var nodes = [Node()]

  init(_ rules: [EffectiveRule], key: (PathPattern) -> PathPattern = { $0 }) {
    var openEnds: [Int: [(prefix: [UInt8], rule: EffectiveRule)]] = [:]
    for rule in rules {
      let pattern = key(rule.pattern)
      var segments = pattern.segments
      let openEnd = pattern.endsInGlob ? segments.popLast() : nil
      let node = segments.reduce(0) { child(of: $0, for: $1) }
      if let openEnd {
        openEnds[node, default: []].append((Array(openEnd), rule))
      } else {
        nodes[node].end = rule
      }
    }
    for (node, rules) in openEnds { nodes[node].openEnds = PrefixTable(rules) }
  }

  var isEmpty: Bool { nodes.count == 1 }

  private mutating func child(of node: Int, for segment: ArraySlice<UInt8>) -> Int {
    let isWildcard = PathPattern.isWildcard(segment)
    if let known = isWildcard ? nodes[node].wildcardChild : nodes[node].children[segment] { return known }
    nodes.append(Node())
    if isWildcard {
      nodes[node].wildcardChild = nodes.count - 1
    } else {
      nodes[node].children[segment] = nodes.count - 1
    }
    return nodes.count - 1
  }

  /// Calls `body` for every rule that matches, in no particular order. Each node is visited once at most.
  func forEachMatch(_ path: [UInt8], _ body: (EffectiveRule) -> Void) {
    var open = [(node: 0, start: 0)]
    while let (node, start) = open.popLast() {
      let rest = path[start...]
      nodes[node].openEnds.forEachMatch(rest, body)
      let end = rest.firstIndex(of: PathPattern.slash)
      let segment = path[start..<(end ?? path.count)]
      for child in [nodes[node].wildcardChild, nodes[node].children[segment]] {
        guard let child else { continue }
        if let end {
          open.append((child, end + 1))
        } else if let rule = nodes[child].end {
          body(rule)
        }
      }
    }
  }
}
