import SourceDiagnostics
import Testing
import YAMLSyntax

/// One mistake gives one finding, and the rest of the file is read.
struct RecoveryTests {
  @Test(arguments: [
    ("a: 1\nb c\nd: 2\n", "{a: 1, d: 2}…", ["GW0001 \"b c\""]),
    ("a: 1\nb: [1, 2\nc: 3\nd: 4\n", "{a: 1, b: [1]…, c: 3, d: 4}…", ["GW0001 \"c:\""]),
    ("a: {x: 1,\nb: 2\nc:\n  d: 3\n", "{a: {x: 1}…, b: 2, c: {d: 3}}…", ["GW0001 \"b:\""]),
    ("a: \"x\nb: 1\nc: \"y\"\nd: 2\n", "{a: …, b: 1, c: \"y\", d: 2}…", ["GW0001 \"\\\"\""]),
    ("a: 'x\nb: 1\n", "{a: …, b: 1}…", ["GW0001 \"\\'\""]),
    ("a:\n  b: 1\n   c: 2\n  d: 3\ne: 4\n", "{a: {b: 1 c…}…, e: 4}…", ["GW0001 \"c\""]),
    ("a:\n    b: 1\n  c: 2\nd: 3\n", "{a: {b: 1}, d: 3}…", ["GW0001 \"c:\""]),
    ("a: @x\nb: 1\n", "{a: …, b: 1}…", ["GW0001 \"@x\""]),
    ("a: x: y\nb: 1\n", "{a: x…, b: 1}…", ["GW0001 \"x: y\""]),
    ("a: {{ x }}\nb: 1\n", "{a: {}…, b: 1}", ["GW0001 \"{{ x }}\""]),
    ("a: {{ x }}/c\nb: 1\n", "{a: {}…, b: 1}…", ["GW0001 \"{{ x }}\""]),
    ("a: \"x\\q\"\nb: 1\n", "{a: …, b: 1}…", ["GW0001 \"\\\\q\""]),
    ("a: *.b\nc: 1\n", "{a: …, c: 1}…", ["GW0001 \"*.b\""]),
    ("a:\n\tb: 1\nc: 2\n", "{a: …, c: 2}…", ["GW0003 \"\\t\""]),
    ("a:\n\tb: 1\nc:\n\td: 2\n", "{a: …, c: …}…", ["GW0003 \"\\t\""]),
    ("  a: 1\nb: 2\nc: 3\n", "{a: 1, b: 2, c: 3}…", ["GW0001 \"b:\""]),
    ("a\nb: 1\nc: 2\n", "{b: 1, c: 2}", ["GW0001 \"a\""]),
    ("a: 'x' y\nb: 1\n", "{a: \"x\"…, b: 1}…", ["GW0001 \"y\""]),
    ("a: - b\nc: 1\n", "{a: …, c: 1}…", ["GW0001 \"-\""]),
    ("a: [1, 2\n", "{a: [1, 2]…}…", ["GW0001 \"\""]),
    ("a: [b c: d: e]\nf: 1\n", "{a: [{b c: d}]…, f: 1}…", ["GW0001 \":\""]),
    ("a: 1\n- b\nc: 2\n", "{a: 1, c: 2}…", ["GW0001 \"-\""]),
    ("a:\n  b 2\n  c: x\nd: 1\n", "{a: b 2 c…, d: 1}…", ["GW0001 \"b 2\""]),
    ("a:http://x\nb: 1\nc: 2\n", "{b: 1, c: 2}", ["GW0001 \"a:http://x\""]),
    ("a: |x\n  b\nc: 1\n", "{a: …, c: 1}…", ["GW0001 \"x\""]),
  ])
  func readingGoesOnAtTheNextSection(_ text: String, _ meaning: String, _ findings: [String]) {
    let result = parse(text)
    #expect(result.tree.meaning() == meaning)
    #expect(result.findings == findings)
  }

  @Test func eachBrokenSectionIsReportedOnce() {
    let result = parse("a: [\nb: 1\nc: 'x' y\nd: 2\ne f\ng: 3\n")
    #expect(result.findings.count == 3)
    #expect(result.tree.meaning() == "{a: []…, b: 1, c: \"x\"…, d: 2, g: 3}…")
  }

  @Test func duplicatesAreFoundAcrossABrokenSection() {
    let result = parse("a: 1\nb: [\nc: 2\na: 3\n")
    #expect(result.findings == ["GW0001 \"c:\"", "GW0002 \"a\""])
  }

  @Test func anAliasOfALostAnchorIsNotReported() {
    let result = parse("a: @x &y z\nb: *y\nc: 1\n")
    #expect(result.findings == ["GW0001 \"@x\""])
    #expect(result.tree.meaning() == "{a: …, b: …, c: 1}…")
  }

  @Test func anAliasBehindWhatIsReadAgainIsDropped() {
    let result = parse("a: &x 1\nb: [2,\nc: 3, *x, *x\nd: 4\n")
    #expect(result.findings == ["GW0001 \"c:\""])
    #expect(result.tree.meaning() == "{a: 1, b: [2]…, c: 3, *x, *x, d: 4}…")
  }

  @Test func aBracketNamesBothPlaces() throws {
    let result = parse("a: [1, 2\nb: 3\n")
    let finding = try #require(result.diagnostics.first)
    #expect(finding.related.map { result.tree.file.text(of: $0.span) } == ["["])
  }

  @Test func spansBehindABrokenSectionAreThoseOfTheFile() {
    let result = parse("é: [ü\nb: 日本\nc:\n  - 'é'\n")
    #expect(result.tree.scalarSlices() == ["é", "b", "日本", "c", "'é'"])
  }

  @Test func aBrokenListAtTheTopIsKeptAsFarAsItGoes() {
    let result = parse("- a\n- [b\n- c\n")
    #expect(result.findings.count == 1)
    #expect(result.tree.meaning().hasPrefix("[a, ["))
  }
}
