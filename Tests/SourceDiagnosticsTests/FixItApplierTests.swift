import SourceDiagnostics
import Testing

@Suite struct FixItApplierTests {
  private func finding(_ headline: String, _ fixIts: FixIt...) -> Diagnostic {
    Diagnostic(rule(), headline, at: fixIts[0].edits[0].span, fixIts: fixIts)
  }

  private func apply(
    _ diagnostics: [Diagnostic], _ source: MarkedSource, atLeast safety: FixIt.Safety = .safe
  ) -> (text: String?, applied: [String], skipped: [String]) {
    let outcome = FixItApplier.apply(diagnostics, to: source.sources, atLeast: safety)
    return (
      outcome.changed[source.file.id].map { String(decoding: $0, as: UTF8.self) }, outcome.applied.map(\.headline),
      outcome.skipped.map(\.headline)
    )
  }

  @Test func fixesApplyFromTheTopWhateverTheirOrder() {
    let source = MarkedSource("a: ⟦1⟧\nb: ⟦2⟧\n")
    let result = apply(
      [
        finding("second", FixIt("x", .safe, replace: source.spans[1], with: "twenty")),
        finding("first", FixIt("x", .safe, replace: source.spans[0], with: "")),
      ], source)
    #expect(result.text == "a: \nb: twenty\n")
    #expect(result.applied == ["first", "second"])
  }

  @Test func aFixThatOverlapsAnEarlierOneIsSkippedWhole() {
    let source = MarkedSource("⟦abc⟦def⟧⟧gh⟦i⟧")
    let both = FixIt("x", .safe, edits: [TextEdit(source.spans[1], "2"), TextEdit(source.spans[2], "3")])
    let result = apply(
      [finding("first", FixIt("x", .safe, replace: source.spans[0], with: "1")), finding("second", both)], source)
    #expect(result.text == "1ghi")
    #expect(result.skipped == ["second"])
  }

  @Test func neighboursDoNotOverlapButTwoInsertionsAtOnePointDo() {
    let source = MarkedSource("⟦⟧⟦ab⟧⟦⟧⟦cd⟧")
    let result = apply(
      [
        finding("insert", FixIt("x", .safe, replace: source.spans[0], with: "<")),
        finding("replace", FixIt("x", .safe, replace: source.spans[1], with: "AB")),
        finding("between", FixIt("x", .safe, replace: source.spans[2], with: "|")),
        finding("between again", FixIt("x", .safe, replace: source.spans[2], with: "!")),
        finding("last", FixIt("x", .safe, replace: source.spans[3], with: "CD")),
      ], source)
    #expect(result.text == "<AB|CD")
    #expect(result.skipped == ["between again"])
  }

  @Test func onlyFixesThatAreSafeEnoughApplyAndThoseForDisplayNever() {
    let source = MarkedSource("⟦a⟧⟦b⟧⟦c⟧")
    let findings = [
      finding("safe", FixIt("x", .safe, replace: source.spans[0], with: "1")),
      finding("unsafe", FixIt("x", .unsafe, replace: source.spans[1], with: "2")),
      finding("display", FixIt("x", .displayOnly, replace: source.spans[2], with: "3")),
    ]
    #expect(apply(findings, source).text == "1bc")
    #expect(apply(findings, source, atLeast: .unsafe).text == "12c")
    #expect(apply(findings, source, atLeast: .displayOnly).text == "12c")
    #expect(apply(findings, source, atLeast: .displayOnly).skipped == ["display"])
  }

  @Test func theFirstFixThatIsSafeEnoughIsTaken() {
    let source = MarkedSource("⟦a⟧")
    let fixes = finding(
      "x", FixIt("risky", .unsafe, replace: source.spans[0], with: "1"),
      FixIt("sound", .safe, replace: source.spans[0], with: "2"))
    #expect(apply([fixes], source).text == "2")
    #expect(apply([fixes], source, atLeast: .unsafe).text == "1")
  }

  @Test func anEditOutOfRangeOrOfAnUnknownFileIsSkipped() {
    let source = MarkedSource("⟦a⟧")
    let outside = SourceSpan(file: source.file.id, start: 0, end: 99)
    let elsewhere = SourceSpan(file: SourceFileID(rawValue: 7), start: 0, end: 1)
    let result = apply(
      [
        finding("outside", FixIt("x", .safe, replace: outside, with: "1")),
        finding("elsewhere", FixIt("x", .safe, replace: elsewhere, with: "1")),
      ], source)
    #expect(result.text == nil)
    #expect(result.skipped == ["outside", "elsewhere"])
  }

  @Test func bytesThatAreNoTextSurvive() {
    var map = SourceMap()
    let file = map.add(name: "a", bytes: [0xFF, 0x61, 0x00, 0x0D])
    let edit = FixIt("x", .safe, replace: SourceSpan(file: file.id, start: 1, end: 2), with: "é")
    let outcome = FixItApplier.apply([Diagnostic(rule(), "x", at: file.span, fixIts: [edit])], to: map)
    #expect(outcome.changed[file.id] == [0xFF, 0xC3, 0xA9, 0x00, 0x0D])
  }
}
