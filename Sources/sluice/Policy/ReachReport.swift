import VaultPolicy

/// What policies can reach as text, by capability.
struct ReachReport {
  private struct Entry {
    let rule: EffectiveRule
    let shape: PatternShape
    let places: String
  }

  /// By pattern, so that what belongs together stands together.
  private let entries: [Entry]
  /// For each entry the entries that decide about some of its paths.
  private let narrower: [[Int]]

  init(_ acl: ACL, _ set: PolicySet) {
    let entries = acl.rules.sorted { $0.pattern.text < $1.pattern.text }.map { rule in
      Entry(
        rule: rule, shape: PatternShape(rule.pattern),
        places: rule.contributors.map { set.place(of: $0.rule) }.joined(separator: ", "))
    }
    narrower = Self.narrower(entries)
    self.entries = entries
  }

  /// Only patterns of which one's head begins with the other's can share a path. In the order of heads the shorter
  /// ones of such pairs are those still open, so that thousands of rules need not all be compared with each other.
  private static func narrower(_ entries: [Entry]) -> [[Int]] {
    var narrower = [[Int]](repeating: [], count: entries.count)
    var open: [Int] = []
    let order = entries.indices.sorted { entries[$0].shape.head.lexicographicallyPrecedes(entries[$1].shape.head) }
    for current in order {
      let entry = entries[current]
      while let last = open.last, !entry.shape.head.starts(with: entries[last].shape.head) { open.removeLast() }
      for other in open where entry.shape.overlaps(entries[other].shape) {
        if entry.rule.priority > entries[other].rule.priority {
          narrower[other].append(current)
        } else {
          narrower[current].append(other)
        }
      }
      open.append(current)
    }
    return narrower.map { $0.sorted() }
  }

  /// All capabilities that some rule has, or only one.
  func text(only wanted: Capability?) -> String {
    var text = ""
    for capability in wanted.map({ [$0] }) ?? Capability.allCases.sorted() {
      text += listing(capability.name) { $0.contains(capability) }
    }
    // Such a rule still outranks broader ones, so it is worth a line.
    return wanted == nil ? text + listing("nothing") { $0.isEmpty } : text
  }

  private func listing(_ title: String, _ belongs: (CapabilitySet) -> Bool) -> String {
    let indices = entries.indices.filter { belongs(entries[$0].rule.capabilities) }
    if indices.isEmpty { return "" }
    let width = indices.map { entries[$0].rule.pattern.text.count }.max() ?? 0
    var text = "\(title)\n"
    for index in indices {
      let pattern = entries[index].rule.pattern.text
      text += "  \(pattern)\(String(repeating: " ", count: width - pattern.count))  \(entries[index].places)\n"
      for exception in narrower[index] where !belongs(entries[exception].rule.capabilities) {
        text += "    except \(entries[exception].rule.pattern.text)  \(entries[exception].places)\n"
      }
    }
    return text
  }
}
