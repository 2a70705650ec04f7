import SourceDiagnostics
import Testing
import YAMLSyntax

/// Hostile files end in a diagnostic, soon.
struct LimitTests {
  @Test func tooManyBytes() {
    let result = parse("a: 12345\n", limits: YAMLLimits(maximumBytes: 8))
    #expect(result.diagnostics.map(\.code.number) == [6])
    #expect(result.tree.root == nil)
    #expect(parse("a: 1234\n", limits: YAMLLimits(maximumBytes: 8)).diagnostics.isEmpty)
  }

  @Test func tooManyNodes() {
    let result = parse("a: [1, 2, 3, 4]\nb: 1\n", limits: YAMLLimits(maximumNodes: 5))
    #expect(result.diagnostics.map(\.code.number) == [6])
    #expect(result.tree.meaning().hasPrefix("{a: [1, 2, 3"))
    #expect(parse("a: [1, 2]\n", limits: YAMLLimits(maximumNodes: 5)).diagnostics.isEmpty)
  }

  @Test func tooDeepCollectionsAreCutOffAndTheRestIsRead() {
    let limits = YAMLLimits(maximumDepth: 3)
    let result = parse("a: [[1, [2]]]\nb: [[1]]\n", limits: limits)
    #expect(result.findings == ["GW0005 \"[\""])
    #expect(result.diagnostics.first?.primary.span.start == 8)
    #expect(result.tree.meaning() == "{a: [[1]…]…, b: [[1]]}…")
    #expect(parse("a:\n  b:\n    c:\n      d: 1\ne: 2\n", limits: limits).tree.meaning().hasSuffix(", e: 2}…"))
  }

  @Test func tooManyProblems() {
    let text = (0..<100).map { "a\($0): @\n" }.joined()
    #expect(parse(text, limits: YAMLLimits(maximumProblems: 7)).diagnostics.count == 7)
    let duplicates = String(repeating: "a: 1\n", count: 100)
    #expect(parse(duplicates).diagnostics.count == 50)
  }

  /// Each text has 200 KB; anything quadratic would take minutes.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "[", "{", "- ", "a: [\n", "a: \"\n", "a: '\n", "? ", "&a ", "*a ", "!t ", "a: {b: ", "\t", "- - - \n", "a\n",
      "a: |\n", "é: [\n",
      "\"", "a: b: c\n", "a: @\n", "k: {{ x }}/y\n", "%a\n", "<<: 1\n", "- a: &x [*x]\n", "[a]: b\n", ": ", "a: *b\n",
      "{a: [", "'é\n",
    ])
  func repeatedTextsTakeLinearTime(_ text: String) {
    let result = parse(String(repeating: text, count: 200_000 / text.utf8.count))
    #expect(result.diagnostics.count <= 50)
  }
}
