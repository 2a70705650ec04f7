public import GatewaySpec
public import SourceDiagnostics

/// Turns an example of a rule into a whole spec and lints it.
public struct RuleExampleRunner {
  /// The text of the whole spec, without marks.
  public let text: String
  /// The marked places, as UTF-8 byte ranges of ``text``.
  public let marks: [Range<Int>]
  /// How many bytes of ``text`` are the example's own; the rest comes from the base.
  public let exampleLength: Int

  /// Takes the marks out and adds the sections that the example leaves out.
  public init(_ example: RuleExample) {
    let own = example.unmarked
    var bytes = Array(own.text.utf8)
    exampleLength = bytes.count
    if let base = example.base {
      let written = Self.topLevelKeys(bytes)
      for section in base.sections where !written.contains(section.key) { bytes.append(contentsOf: section.text.utf8) }
    }
    text = String(decoding: bytes, as: UTF8.self)
    marks = own.marks
  }

  /// Lints the spec with all rules, on a day that stays the same.
  public func lint() -> (loaded: LoadedSpec, outcome: Validator.Outcome) {
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: Array(text.utf8), name: "gateway.yaml", into: &sources) { _ in
      .failure(SpecLoader.FileAccessError("no such file"))
    }
    return (loaded, Validator.validate(loaded, today: CalendarDate(year: 2026, month: 7, day: 1)))
  }

  /// The keys that stand at the start of a line.
  private static func topLevelKeys(_ text: [UInt8]) -> Set<String> {
    var keys: Set<String> = []
    for line in text.split(separator: UInt8(ascii: "\n")) {
      guard let first = line.first, first != UInt8(ascii: " "), first != UInt8(ascii: "#"),
        let colon = line.firstIndex(of: UInt8(ascii: ":"))
      else { continue }
      keys.insert(String(decoding: line[..<colon], as: UTF8.self))
    }
    return keys
  }
}
