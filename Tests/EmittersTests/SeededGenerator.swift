import Emitters

/// SplitMix64: the same numbers on every run and every machine.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SeededGenerator {
  private static let fragments = [
    " ", "  ", "\n", "\n", "\t", ":", ": ", "#", " #", "- ", "-", "--", "é", "😀", "\u{85}", "\u{2028}", "\u{FEFF}",
    "\u{A0}",
    "'", "\"", "\\", "a", "b", "1", "0", "0x", ".", "e", "~", "!", "&", "*", "%", "@", "|", ">", "{", "}", "[", "]",
    ",", "?",
    "yes", "no", "null", "\r", "\u{0}", "\u{7F}", "---", "...", "<<", "=", "_", "+", "/", "2026-11-23", "12:30", "x",
    "t", "Z",
    "\u{FFFE}", "${", "%{", "EOT", "\n  ", "\n\n",
  ]
  private static let known =
    `YAML scalars`.plain + `YAML scalars`.quoted.map(\.0) + `YAML scalars`.literal.map(\.0)

  mutating func text() -> String {
    if Int.random(in: 0..<3, using: &self) == 0 { return Self.known.randomElement(using: &self) ?? "" }
    return (0..<Int.random(in: 0...6, using: &self)).map { _ in Self.fragments.randomElement(using: &self) ?? "" }
      .joined()
  }

  mutating func value(depth: Int) -> YAMLValue {
    var value: YAMLValue
    switch Int.random(in: 0..<(depth > 0 ? 12 : 8), using: &self) {
    case 0: value = .integer(Int(bitPattern: UInt(next() >> UInt64.random(in: 0..<64, using: &self))))
    case 1: value = .boolean(Bool.random(using: &self))
    case 2: value = .null
    case 3: value = .number(["0.5", "-3.75", "12.25"].randomElement(using: &self) ?? "0.5")
    case 4..<8: value = .string(text())
    case 8, 9: value = .sequence((0..<Int.random(in: 0...4, using: &self)).map { _ in self.value(depth: depth - 1) })
    default:
      var entries: [YAMLValue.Entry] = []
      for _ in 0..<Int.random(in: 0...4, using: &self) {
        let key = text()
        // Keys that Swift takes for equal may differ in their scalars; a reader would keep both, so either is fine.
        if !entries.contains(where: { $0.key == key }) { entries.append(.init(key, self.value(depth: depth - 1))) }
      }
      value = .mapping(entries)
    }
    if Int.random(in: 0..<6, using: &self) == 0 { value.comment = text() }
    return value
  }
}
