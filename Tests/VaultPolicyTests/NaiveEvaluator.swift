import VaultPolicy

/// Vault's rules of evaluation written down once more as the prose has them: every rule is tried, nothing is indexed.
struct NaiveEvaluator {
  struct Rule {
    let text: String
    let capabilities: Set<String>
    var isSegment: Bool { text == "+" || text.hasPrefix("+/") || text.contains("/+") }
    var isPrefix: Bool { !isSegment && text.hasSuffix("*") }
    var isExact: Bool { !isSegment && !isPrefix }
    var body: String { !isExact && text.hasSuffix("*") ? String(text.dropLast()) : text }

    func matches(_ path: String) -> Bool {
      if isExact { return path == text }
      if isPrefix { return path.hasPrefix(body) }
      let wanted = body.split(separator: "/", omittingEmptySubsequences: false)
      let given = path.split(separator: "/", omittingEmptySubsequences: false)
      let isOpen = text.hasSuffix("*")
      if isOpen ? given.count < wanted.count : given.count != wanted.count { return false }
      for (index, segment) in wanted.enumerated() {
        if segment == "+" || segment == given[index] { continue }
        let rest = given[index...].joined(separator: "/")
        if isOpen, index == wanted.count - 1, rest.hasPrefix(segment) { continue }
        return false
      }
      return true
    }

    /// Whether this rule is less specific than the other.
    func isBelow(_ other: Rule) -> Bool {
      func first(_ rule: Rule) -> Int {
        rule.isPrefix ? rule.body.count : Array(rule.text).firstIndex(of: "+") ?? rule.text.count
      }
      func plusSegments(_ rule: Rule) -> Int { rule.isPrefix ? 0 : rule.body.split(separator: "/").count { $0 == "+" } }
      if first(self) != first(other) { return first(self) < first(other) }
      if text.hasSuffix("*") != other.text.hasSuffix("*") { return text.hasSuffix("*") }
      if plusSegments(self) != plusSegments(other) { return plusSegments(self) > plusSegments(other) }
      if body.count != other.body.count { return body.count < other.body.count }
      return body < other.body
    }
  }

  let rules: [Rule]
  let profile: VersionProfile

  init(_ written: [(pattern: String, capabilities: [String])], profile: VersionProfile) {
    var merged: [String: Set<String>] = [:]
    for (pattern, capabilities) in written {
      let text = pattern.hasPrefix("/") ? String(pattern.dropFirst()) : pattern
      merged[text, default: []].formUnion(capabilities)
    }
    rules = merged.map { Rule(text: $0.key, capabilities: $0.value.contains("deny") ? ["deny"] : $0.value) }
    self.profile = profile
  }

  /// The pattern that decides, and whether the operation is allowed.
  func decide(_ operation: String, _ written: String) -> (pattern: String?, isAllowed: Bool) {
    let path = String(written.drop { $0 == "/" })
    let winner = winner(path, isList: operation == "list")
    return (winner?.text, winner?.capabilities.contains(operation) ?? false)
  }

  private func winner(_ path: String, isList: Bool) -> Rule? {
    if let exact = rules.first(where: { $0.isExact && $0.text == path }) { return exact }
    guard isList, path.hasSuffix("/") else { return best(path) }
    let short = String(path.dropLast())
    if let exact = rules.first(where: { $0.isExact && $0.text == short }) { return exact }
    switch profile {
    case .trimmedFirst: return best(short) ?? best(path)
    case .fullFirst: return best(path) ?? best(short)
    default:
      let all = candidates(path) + candidates(short)
      let deny = all.filter { $0.capabilities.contains("deny") }.max { $0.isBelow($1) }
      let list = all.filter { $0.capabilities.contains("list") }.max { $0.isBelow($1) }
      if let deny, list.map({ $0.isBelow(deny) }) ?? true { return deny }
      return list ?? all.max { $0.isBelow($1) }
    }
  }

  private func candidates(_ path: String) -> [Rule] {
    let longest = rules.filter { $0.isPrefix && $0.matches(path) }.max { $0.text.count < $1.text.count }
    return (longest.map { [$0] } ?? []) + rules.filter { $0.isSegment && $0.matches(path) }
  }

  private func best(_ path: String) -> Rule? {
    rules.filter { !$0.isExact && $0.matches(path) }.max { $0.isBelow($1) }
  }
}

/// A small generator whose runs can be repeated (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
