import SourceDiagnostics
import Testing

@Suite struct RendererPropertyTests {
  /// Pieces that hit every branch: breaks, blanks, wide and combining characters, broken UTF-8, controls.
  private static let pieces: [[UInt8]] = [
    [0x0A], [0x0D], [0x0D, 0x0A], [0x09], [0x20], [0x00], [0x1B], [0x7F], [0xFF], [0xC3], [0xE2, 0x82], [0x80],
    Array("a".utf8), Array("key: ".utf8), Array("日本".utf8), Array("é".utf8), Array("e\u{301}".utf8), Array("👩‍👧".utf8),
    Array("\u{202E}".utf8), Array("\u{9B}".utf8), Array("\u{FEFF}".utf8), Array("\u{2028}".utf8),
    Array(String(repeating: "long ", count: 60).utf8), Array(String(repeating: "界", count: 1_500).utf8),
  ]

  @Test(arguments: 1...60)
  func noSpanOverAnyBytesCrashesARendererOrLetsAControlCharacterOut(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed))
    var map = SourceMap()
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      var bytes: [UInt8] = Bool.random(using: &random) ? [0xEF, 0xBB, 0xBF] : []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        bytes += Self.pieces.randomElement(using: &random) ?? []
        if Int.random(in: 0...5, using: &random) == 0 { bytes.append(UInt8.random(in: 0...255, using: &random)) }
      }
      map.add(name: String(decoding: bytes.prefix(6), as: UTF8.self), bytes: bytes)
    }
    let findings = (0..<4).map { _ in finding(map, &random) }
    for renderer in RendererCatalog.all {
      for characters in [DisplayCharacters.unicode, .ascii] {
        for colour in [false, true] {
          var options = RenderingOptions()
          options.colour = colour
          options.characters = characters
          options.width = Int.random(in: 0...200, using: &random)
          options.fixCommand = "sluice lint --fix"
          check(renderer.render(findings, of: map, options: options), renderer, options)
        }
      }
    }
    // The applier and the diff take the same hostile input.
    for (id, bytes) in FixItApplier.apply(findings, to: map, atLeast: .unsafe).changed {
      guard let file = map[id] else { continue }
      let diff = UnifiedDiff(from: file.bytes, to: bytes, oldName: file.name, newName: file.name)
      #expect(!diff.isEmpty)
      let shown = diff.terminalText(colour: false).replacing("\t", with: "")
      #expect(!shown.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    }
  }

  private func check(_ text: String, _ renderer: any DiagnosticRenderer, _ options: RenderingOptions) {
    let isForMachines = ["json", "sarif", "gitlab"].contains(renderer.name)
    let escapes = options.colour && ["text", "concise"].contains(renderer.name)
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      if isControl, scalar != "\n", !(escapes && scalar == "\u{1B}") {
        Issue.record("\(renderer.name) lets U+\(String(scalar.value, radix: 16)) out")
        return
      }
    }
    if options.characters == .ascii, !isForMachines { #expect(text.utf8.allSatisfy { $0 < 0x80 }) }
    let bidirectional = "\u{202A}"..."\u{202E}" as ClosedRange<Unicode.Scalar>
    #expect(!text.unicodeScalars.contains { bidirectional.contains($0) || $0 == "\u{2028}" || $0 == "\u{FEFF}" })
    #expect(text.utf8.last == UInt8(ascii: "\n"))
    if !options.colour { #expect(!text.utf8.contains(0x1B)) }
  }

  private func finding(_ map: SourceMap, _ random: inout SeededGenerator) -> Diagnostic {
    func span() -> SourceSpan {
      let id = UInt32.random(in: 0...UInt32(map.files.count), using: &random)
      let count = map[SourceFileID(rawValue: id)]?.bytes.count ?? 0
      let start = Int.random(in: 0...(count + 2), using: &random)
      let length = [0, 1, 2, 7, 300, count, 1 << 40].randomElement(using: &random) ?? 0
      return SourceSpan(file: SourceFileID(rawValue: id), start: start, end: start + length)
    }
    func words() -> String {
      let texts = [
        "", " ", "here", "a long label that says a great deal about the place it points at", "\u{1B}[31m", "日本\n語",
        "\t\r\n",
        String(repeating: "unbroken", count: 30),
      ]
      return texts.randomElement(using: &random) ?? ""
    }
    let safeties: [FixIt.Safety] = [.safe, .unsafe, .displayOnly]
    let fixes = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      FixIt(
        words(), safeties.randomElement(using: &random) ?? .safe,
        edits: (0..<3).map { _ in TextEdit(span(), words()) })
    }
    var diagnostic = Diagnostic(
      rule(Int.random(in: -5...10_005, using: &random), Severity.allCases.randomElement(using: &random) ?? .error),
      words(),
      at: span(), label: words(),
      related: (0..<Int.random(in: 0...6, using: &random)).map { _ in Diagnostic.Label(span(), words()) },
      notes: [words()], help: [words()], fixIts: fixes)
    diagnostic.environment = Bool.random(using: &random) ? words() : nil
    return diagnostic
  }
}
