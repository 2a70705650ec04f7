import SourceDiagnostics
import Testing
import YAMLSyntax

/// Where each kind of node is written. A slice of the source is compared, so an offset that is off by one shows.
struct SpanTests {
  @Test(arguments: [
    ("a: b", ["a", "b"]),
    ("a: 'b c'", ["a", "'b c'"]),
    ("a: 'it''s'", ["a", "'it''s'"]),
    ("a: \"b\\n\"", ["a", "\"b\\n\""]),
    ("'a b' : \"\"", ["'a b'", "\"\""]),
    ("a: b c   # d", ["a", "b c"]),
    ("a: b\n  c\n\nd: e", ["a", "b\n  c", "d", "e"]),
    ("a: \"b\n  c\"\nd: e", ["a", "\"b\n  c\"", "d", "e"]),
    ("a: |\n  b\n   c\n\n\nd: e\n", ["a", "|\n  b\n   c", "d", "e"]),
    ("a: >-  # note\n  b\n  c\n# end\nd: e\n", ["a", ">-  # note\n  b\n  c", "d", "e"]),
    ("a: |+\n  b\n\n", ["a", "|+\n  b"]),
    ("a: |\nb: c", ["a", "|", "b", "c"]),
    ("a: http://b:80/c#d", ["a", "http://b:80/c#d"]),
  ])
  func scalarsOfEachStyle(_ text: String, _ expected: [String]) {
    let result = parse(text)
    #expect(result.diagnostics.isEmpty)
    #expect(result.tree.scalarSlices() == expected)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func lineBreaksOfEachKind(_ lineBreak: String) {
    let text = ["a: b", "c:", "  - d", "  - 'e", "    f'", "g: |", "  h", "i: [j,", "  k]", ""].joined(
      separator: lineBreak)
    let tree = parse(text).tree
    #expect(
      tree.scalarSlices() == ["a", "b", "c", "d", "'e\(lineBreak)    f'", "g", "|\(lineBreak)  h", "i", "j", "k"])
    #expect(tree.meaning() == "{a: b, c: [d, \"e f\"], g: \"h\\n\", i: [j, k]}")
  }

  @Test func charactersOfSeveralBytes() {
    let text = "é: 'ü'  # ö\n日本: [語, \"\\u00e9\"]\n🙂🙂: 🙃 x\nz:\n- é: y\n"
    let tree = parse(text).tree
    #expect(tree.scalarSlices() == ["é", "'ü'", "日本", "語", "\"\\u00e9\"", "🙂🙂", "🙃 x", "z", "é", "y"])
    #expect(tree.meaning() == "{é: \"ü\", 日本: [語, \"é\"], 🙂🙂: 🙃 x, z: [{é: y}]}")
  }

  @Test func byteOrderMarkIsCounted() {
    let result = parse("\u{FEFF}é: b\n")
    #expect(result.diagnostics.isEmpty)
    #expect(result.tree.scalarSlices() == ["é", "b"])
    #expect(result.tree.root.map { result.tree.span(of: $0).range } == 3..<8)
  }

  @Test func blockCollectionsReachFromTheFirstChildToTheLast() {
    let tree = parse("a:\n  b: c\n  d:\n  - e\n  - f   # g\n\n# h\ni: j\n").tree
    #expect(
      tree.slices() == [
        "a:\n  b: c\n  d:\n  - e\n  - f   # g\n\n# h\ni: j", "a", "b: c\n  d:\n  - e\n  - f", "b", "c", "d", "e\n  - f",
        "e", "f", "i", "j",
      ])
  }

  @Test func flowCollectionsReachFromBracketToBracket() {
    let tree = parse("a: { b: [c, {}] , d: [ ] }  # x\ne: [f: g, h]\n").tree
    #expect(
      tree.slices().dropFirst() == [
        "a", "{ b: [c, {}] , d: [ ] }", "b", "[c, {}]", "c", "{}", "d", "[ ]", "e", "[f: g, h]", "f: g", "f", "g", "h",
      ])
  }

  @Test(arguments: [
    ("a:\nb:   # c\n", ["a", "b"], [2, 5]),
    ("- \n-\n", [], [1, 4]),
    ("{a: , b:  }", ["a", "b"], [3, 8]),
    ("{a, b}", ["a", "b"], [2, 5]),
    ("{a :\n\n  , b: c}", ["a", "b", "c"], [4]),
    ("a: &x\nb: 1", ["a", "b", "1"], [5]),
  ])
  func emptyValuesArePointsBehindTheirColonOrDash(_ text: String, _ written: [String], _ points: [Int]) {
    let tree = parse(text).tree
    #expect(tree.scalarSlices().filter { !$0.isEmpty } == written)
    var starts: [Int] = []
    tree.visit { if tree.span(of: $0).length == 0 { starts.append(tree.span(of: $0).start) } }
    #expect(starts == points)
  }

  @Test func anchorsAndTagsStandBeforeTheSpan() {
    let result = parse(
      "a: &x !!str b\nc: !!map &y { d: e }\nf: &z\n  g: h\ni: ! j\nk: !<tag:yaml.org,2002:int> 1\n*x : l\n")
    let tree = result.tree
    #expect(result.diagnostics.isEmpty)
    #expect(
      tree.slices().dropFirst() == [
        "a", "b", "c", "{ d: e }", "d", "e", "f", "g: h", "g", "h", "i", "j", "k", "1", "b", "l",
      ])
    let tags = tags(in: tree)
    #expect(
      tags == [
        "b": "tag:yaml.org,2002:str", "{ d: e }": "tag:yaml.org,2002:map", "j": "!", "1": "tag:yaml.org,2002:int",
      ])
    let value = tree.root.flatMap { tree.value(of: $0, forKey: "f") }
    #expect(value.flatMap { tree.anchor(of: $0) } == "z")
  }

  @Test func parentsHoldAliasesThatEndThem() {
    let tree = parse("a: &x 1\nb:\n  - c: *x\n  - *x\n").tree
    #expect(tree.meaning() == "{a: 1, b: [{c: 1}, 1]}")
    #expect(tree.slices().contains("c: *x"))
    #expect(tree.slices().contains("c: *x\n  - *x"))
  }

  private func tags(in tree: YAMLTree) -> [String: String] {
    var tags: [String: String] = [:]
    tree.visit { if let tag = tree.tag(of: $0) { tags[tree.file.text(of: tree.span(of: $0))] = tag } }
    return tags
  }
}
