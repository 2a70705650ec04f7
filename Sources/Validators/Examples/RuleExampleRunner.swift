public import GatewaySpec
public import SourceDiagnostics

/// Turns an example of a rule into a whole spec, with a policy beside it if the example is one, and lints it.
public struct RuleExampleRunner {
  /// The text of the marked file, without marks: the whole spec, or the policy beside it.
  public let text: String
  /// The text of the spec.
  private let spec: String
  /// The marked places, as UTF-8 byte ranges of ``text``.
  public let marks: [Range<Int>]
  /// How many bytes of ``text`` are the example's own; the rest comes from the base.
  public let exampleLength: Int

  /// Takes the marks out and adds the sections that the example leaves out.
  public init(_ example: RuleExample) {
    let own = example.unmarked
    marks = own.marks
    exampleLength = own.text.utf8.count
    if example.base == .policy {
      text = own.text
      spec = RuleExampleBase.policy.sections.map(\.text).joined()
      return
    }
    var bytes = Array(own.text.utf8)
    if let base = example.base {
      let written = Self.topLevelKeys(bytes)
      for section in base.sections where !written.contains(section.key) { bytes.append(contentsOf: section.text.utf8) }
    }
    text = String(decoding: bytes, as: UTF8.self)
    spec = text
  }

  /// Lints the spec with all rules, on a day that stays the same.
  public func lint() -> (loaded: LoadedSpec, outcome: Validator.Outcome) {
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: Array(spec.utf8), name: "gateway.yaml", into: &sources) { path in
      path == RuleExampleBase.policyFile
        ? .success(Array(text.utf8)) : .failure(SpecLoader.FileAccessError("no such file"))
    }
    return (loaded, Validator.validate(loaded, today: CalendarDate(year: 2026, month: 7, day: 1)))
  }

  /// The file that ``text`` is, among those that linting has read.
  public func markedFile(of loaded: LoadedSpec) -> SourceFile {
    loaded.sources.files.first { $0.name == RuleExampleBase.policyFile } ?? loaded.file
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
