/// Finds the rules whose text is a prefix of a path.
///
/// The entries are sorted, and each knows the longest other entry that is a prefix of it. Every entry that is a prefix
/// of a path then lies on the chain that starts at the last entry not greater than the path, so a look-up is one binary
/// search.
struct PrefixTable: Sendable {
  private struct Entry: Sendable {
    let prefix: [UInt8]
    let rule: EffectiveRule
    var parent: Int
  }

  private var entries: [Entry] = []

  init(_ rules: [(prefix: [UInt8], rule: EffectiveRule)]) {
    entries = rules.sorted { $0.prefix.lexicographicallyPrecedes($1.prefix) }
      .map { Entry(prefix: $0.prefix, rule: $0.rule, parent: -1) }
    var chain: [Int] = []
    for index in entries.indices {
      while let last = chain.last, !entries[index].prefix.starts(with: entries[last].prefix) { chain.removeLast() }
      entries[index].parent = chain.last ?? -1
      chain.append(index)
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The rule with the longest text.
  func longestMatch(_ path: ArraySlice<UInt8>) -> EffectiveRule? {
    let index = longestIndex(path)
    return index < 0 ? nil : entries[index].rule
  }

  /// Every rule, the longest text first.
  func forEachMatch(_ path: ArraySlice<UInt8>, _ body: (EffectiveRule) -> Void) {
    var index = longestIndex(path)
    while index >= 0 {
      body(entries[index].rule)
      index = entries[index].parent
    }
  }

  private func longestIndex(_ path: ArraySlice<UInt8>) -> Int {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if path.lexicographicallyPrecedes(entries[middle].prefix) { high = middle } else { low = middle + 1 }
    }
    var index = low - 1
    guard index >= 0 else { return -1 }
    let shared = zip(path, entries[index].prefix).prefix { $0 == $1 }.count
    while index >= 0, entries[index].prefix.count > shared { index = entries[index].parent }
    return index
  }
}
