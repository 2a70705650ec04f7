import SourceDiagnostics
import Testing
import YAMLSyntax

/// What the examples of the mistakes do not show: the tree beside the finding, the second place, the edge cases.
struct MistakeTests {
  @Test func bothDuplicatesStayInTheTreeAndTheFirstOneCounts() throws {
    let result = parse("a: 1\nb: 2\na: 3\na: 4\n")
    #expect(result.findings == ["GW0002 \"a\"", "GW0002 \"a\""])
    #expect(result.diagnostics.map(\.primary.span.start) == [10, 15])
    #expect(result.diagnostics.allSatisfy { $0.related.map(\.span.start) == [0] })
    #expect(result.tree.meaning() == "{a: 1, b: 2, a: 3, a: 4}")
    let root = try #require(result.tree.root)
    #expect(result.tree.value(of: root, forKey: "a").map { result.tree.text(of: $0) } == "1")
  }

  @Test(arguments: [1, 15, 16, 17, 40, 5000])
  func duplicatesAreFoundInMappingsOfAnySize(_ count: Int) {
    var text = ""
    for index in 0..<count { text += "key\(index): \(index)\n" }
    #expect(parse(text).diagnostics.isEmpty)
    text += "\"key\\x30\": x\n"
    #expect(parse(text).findings == ["GW0002 \"\\\"key\\\\x30\\\"\""])
  }

  @Test(arguments: [
    ("a: {b: 1}\nc:\n  b: 1\n", 0), ("- a: 1\n- a: 1\n", 0), ("aa: 1\nab: 1\nba: 1\n", 0), ("? a\n: 1\n'a': 2\n", 1),
  ])
  func onlyKeysOfOneMappingAreDuplicates(_ text: String, _ count: Int) {
    #expect(parse(text).findings.count == count)
  }

  @Test func aliasedKeysAreCompared() {
    #expect(parse("&x a: 1\n*x : 2\n").findings.count == 1)
  }

  @Test func aliasesThatMultiplyAreStopped() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<9 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    let result = parse(text)
    #expect(result.diagnostics.map(\.code.number) == [4])
    var visited = 0
    result.tree.visit { _ in visited += 1 }
    #expect(visited < 1_100_000)
  }

  @Test func nestingThroughAliasesCounts() {
    var text = "a0: &a0 [x]\n"
    for level in 1..<80 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    let result = parse(text)
    #expect(result.diagnostics.first?.code.number == 5)
    #expect(depth(result.tree) <= 64)
  }

  @Test func anAnchorCanBeWrittenAgain() {
    let result = parse("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.tree.meaning() == "{a: 1, b: 1, c: 2, d: 2}")
  }

  @Test func aRecursiveAliasNamesItsAnchor() throws {
    let result = parse("a: &x\n  b: [1, *x]\nc: 1\n")
    #expect(result.findings == ["GW0004 \"*x\""])
    #expect(result.tree.meaning() == "{a: {b: [1, …]}, c: 1}")
  }

  @Test(arguments: ["---\na: 1\n---\nb: 2\n", "a: 1\n---\n", "a: 1\n...\n---\nb: [\n"])
  func aSecondDocumentIsUnderlinedAndNotRead(_ text: String) {
    let result = parse(text)
    #expect(result.findings == ["GW0007 \"---\""])
    #expect(result.diagnostics.first?.primary.span.start == text.utf8.count - text.utf8Suffix(fromLast: "---"))
    #expect(result.tree.meaning() == "{a: 1}")
  }

  @Test(arguments: ["a: 1\n...\n", "---\na: 1", "%YAML 1.2\n---\na: 1\n", "# x\n---\n# y\na: 1\n# z\n"])
  func marksOfOneDocumentAreFine(_ text: String) {
    let result = parse(text)
    #expect(result.diagnostics.isEmpty && result.tree.meaning() == "{a: 1}")
  }

  @Test(arguments: ["", "\n\n", "# a\n", "---\n", "\u{FEFF}", "---\n...\n"])
  func aFileWithoutADocumentIsEmpty(_ text: String) {
    let result = parse(text)
    #expect(result.diagnostics.map(\.code.number) == [11])
    #expect(result.tree.root == nil)
  }

  @Test func badBytesAreFoundAndTheRestIsRead() {
    let result = parse(
      bytes: Array("a: 1\nb: f\u{FC}r\n".unicodeScalars.map { UInt8($0.value) }) + Array("c: 日\nd: \u{0}\n".utf8))
    #expect(result.diagnostics.map(\.code.number) == [8])
    #expect(result.diagnostics.first?.primary.span.range == 9..<10)
    #expect(result.diagnostics.first?.related.count == 1)
    #expect(result.tree.meaning() == "{a: 1, b: f_r…, c: 日, d: _…}")
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0], 0..<2), ([0xFE, 0xFF, 0, 0x61], 0..<2), ([0xFF, 0xFE, 0, 0], 0..<4),
      ([0x61, 0xC0, 0x80], 1..<3), ([0x61, 0xED, 0xA0, 0x80], 1..<4), ([0x61, 0xE6, 0x97], 1..<3),
      ([0x61, 0xEF, 0xBB, 0xBF], 1..<4), ([0x61, 0xF4, 0x90, 0x80, 0x80], 1..<5), ([0x61, 0x7F], 1..<2),
      ([0x61, 0xC2, 0x80], 1..<3),
    ] as [([UInt8], Range<Int>)])
  func refusedBytesHaveTheirExactPlace(_ bytes: [UInt8], _ range: Range<Int>) {
    let result = parse(bytes: bytes)
    #expect(result.diagnostics.map(\.code.number) == [8])
    #expect(result.diagnostics.first?.primary.span.range == range)
  }

  @Test func aBinaryFileGivesOneFinding() {
    #expect(parse(bytes: (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 7) }).diagnostics.map(\.code.number) == [8])
  }

  @Test func unknownTagsAreDropped() throws {
    let result = parse("a: !vault b\nc: !!binary d\ne: !x { f: g }\n")
    #expect(result.findings == ["GW0009 \"!vault\"", "GW0009 \"!!binary\"", "GW0009 \"!x\""])
    result.tree.visit { #expect(result.tree.tag(of: $0) == nil) }
  }

  @Test func theTagOfAMappingIsNotThatOfItsFirstKey() {
    #expect(parse("!a\n!!str b: c\n").findings == ["GW0009 \"!a\""])
  }

  @Test func unusableKeysAreTakenOut() {
    let result = parse("x: &x { a: 1 }\ny:\n  <<: *x\n  b: 2\n  [c]: 3\n'<<': 4\n")
    #expect(result.findings == ["GW0013 \"<<\"", "GW0012 \"[c]\""])
    #expect(result.tree.meaning() == "{x: {a: 1}, y: {b: 2}…, \"<<\": 4}")
  }

  @Test func theFixForTabsCoversTheWholeFile() {
    let result = parse("a:\n\tb: 1\nc:\n\t\td: 2\n")
    #expect(result.diagnostics.map(\.code.number) == [3])
    #expect(result.diagnostics.first?.fixIts.first?.edits.map(\.span.start) == [3, 12, 13])
  }

  private func depth(_ tree: YAMLTree) -> Int {
    func depth(_ node: YAMLNode) -> Int {
      tree.kind(of: node) == .scalar ? 0 : 1 + (tree.children(of: node).map(depth).max() ?? 0)
    }
    return tree.root.map(depth) ?? 0
  }
}

extension String {
  /// How many bytes before the end the last `mark` begins.
  fileprivate func utf8Suffix(fromLast mark: String) -> Int {
    var text = Substring(self)
    while !text.isEmpty, !text.hasSuffix(mark) { text = text.dropLast() }
    return utf8.count - text.utf8.count + mark.utf8.count
  }
}
