import SourceDiagnostics

/// A source whose text is written with `⟦` and `⟧` around the places that a test speaks of, in order of their beginning.
struct MarkedSource {
  let sources: SourceMap
  let file: SourceFile
  let spans: [SourceSpan]

  init(_ text: String, name: String = "a.yaml", in map: SourceMap = SourceMap()) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var ranges: [(start: Int, end: Int)] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "⟦":
        open.append(ranges.count)
        ranges.append((bytes.count, bytes.count))
      case "⟧":
        if let index = open.popLast() { ranges[index].end = bytes.count }
      default:
        bytes += Array(String(scalar).utf8)
      }
    }
    var map = map
    let file = map.add(name: name, bytes: bytes)
    self.file = file
    sources = map
    spans = ranges.map { SourceSpan(file: file.id, start: $0.start, end: $0.end) }
  }
}

/// A kind of finding for tests.
func rule(_ number: Int = 4001, _ severity: Severity = .error) -> RuleDescription {
  RuleDescription(number, "bad-thing", severity, summary: "it is bad", rationale: "because", examples: [])
}

/// Plain text of 80 columns without the count at the end and without the line that names `explain`.
func bareOptions(width: Int = 80) -> RenderingOptions {
  var options = RenderingOptions()
  options.width = width
  options.explainCommand = nil
  options.showsSummary = false
  return options
}

/// The text report of a finding whose primary place is the first marked one; the others are related.
func report(
  _ text: String, _ labels: String..., headline: String = "it is wrong", width: Int = 80,
  characters: DisplayCharacters = .unicode
) -> String {
  let source = MarkedSource(text)
  let places = zip(source.spans, labels).map { Diagnostic.Label($0, $1) }
  let diagnostic = Diagnostic(
    rule(), headline, at: places[0].span, label: places[0].text, related: Array(places.dropFirst()))
  var options = bareOptions(width: width)
  options.characters = characters
  return TextRenderer().render([diagnostic], of: source.sources, options: options)
}

/// A small generator whose numbers depend on its seed alone (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
