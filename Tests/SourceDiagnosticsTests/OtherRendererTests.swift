import Foundation
import SourceDiagnostics
import Testing

@Suite struct OtherRendererTests {
  private func findings() -> (source: MarkedSource, [Diagnostic]) {
    let source = MarkedSource("é: ⟦👩⟧\nb: ⟦2⟧\n")
    var first = Diagnostic(
      rule(7, .warning), "say \"no\"\n\u{1B}", at: source.spans[0], label: "here",
      related: [.init(source.spans[1], "there")], notes: ["n"], help: ["h"],
      fixIts: [FixIt("write `3`", .safe, replace: source.spans[1], with: "\\")])
    first.environment = "staging"
    return (source, [first, Diagnostic(rule(), "wrong", at: source.spans[1])])
  }

  @Test func conciseIsOneLineAFinding() {
    let (source, findings) = findings()
    var options = RenderingOptions()
    options.fixCommand = "sluice lint --fix"
    #expect(
      ConciseRenderer().render(findings, of: source.sources, options: options) == """
        a.yaml:1:4: warning[GW0007]: say "no"␊␛ (in environment `staging`)
        a.yaml:2:4: error[GW4001]: wrong
        1 error, 1 warning (1 fixable with `sluice lint --fix`)

        """)
  }

  @Test func jsonHasAFixedOrderAndEveryField() {
    let (source, findings) = findings()
    var options = RenderingOptions()
    options.toolVersion = "0.1.0"
    options.suppressedCount = 2
    options.unreadInputs = ["cannot read `x`"]
    #expect(
      JSONRenderer().render(findings, of: source.sources, options: options) == #"""
        {"version":1,"tool":{"name":"sluice","version":"0.1.0"},"diagnostics":[
        {"code":"GW0007","slug":"bad-thing","severity":"warning","headline":"say \"no\"\n\u001b","environment":"staging",\#
        "primary":{"file":"a.yaml","start":{"offset":4,"line":1,"column":4,"utf16Column":4},\#
        "end":{"offset":8,"line":1,"column":5,"utf16Column":6},"text":"here"},\#
        "related":[{"file":"a.yaml","start":{"offset":12,"line":2,"column":4,"utf16Column":4},\#
        "end":{"offset":13,"line":2,"column":5,"utf16Column":5},"text":"there"}],"notes":["n"],"help":["h"],\#
        "fixes":[{"title":"write `3`","safety":"safe","edits":[{"file":"a.yaml",\#
        "start":{"offset":12,"line":2,"column":4,"utf16Column":4},\#
        "end":{"offset":13,"line":2,"column":5,"utf16Column":5},"replacement":"\\"}]}],\#
        "documentation":"sluice explain GW0007","url":"https://sluice.dev/rules/GW0007",\#
        "fingerprint":"134b3ec242267bdd:1"},
        {"code":"GW4001","slug":"bad-thing","severity":"error","headline":"wrong","environment":null,\#
        "primary":{"file":"a.yaml","start":{"offset":12,"line":2,"column":4,"utf16Column":4},\#
        "end":{"offset":13,"line":2,"column":5,"utf16Column":5},"text":""},"related":[],"notes":[],"help":[],"fixes":[],\#
        "documentation":"sluice explain GW4001","url":"https://sluice.dev/rules/GW4001",\#
        "fingerprint":"94ac93a25fef9a5a:1"}
        ],"summary":{"errors":1,"warnings":1,"notes":0,"fixable":1,"suppressed":2},\#
        "unread":["cannot read `x`"]}

        """#)
  }

  @Test func jsonOfNothingIsWhole() {
    #expect(
      JSONRenderer().render([], of: SourceMap(), options: RenderingOptions())
        == #"{"version":1,"tool":{"name":"sluice","version":null},"diagnostics":[],"#
        + #""summary":{"errors":0,"warnings":0,"notes":0,"fixable":0,"suppressed":0},"unread":[]}"# + "\n")
  }

  @Test func aJSONReaderReadsBackEveryScalarThatWasWritten() throws {
    let source = MarkedSource("⟦⟧")
    for block in [UInt32(0), 0x1000, 0x2000, 0x4000, 0xE000, 0xF000, 0x1_F000, 0xE_0000, 0x10_F000] {
      var headline = String.UnicodeScalarView()
      headline.append(contentsOf: (block..<(block + 0x1000)).compactMap(Unicode.Scalar.init))
      let text = JSONRenderer().render(
        [Diagnostic(rule(), String(headline), at: source.spans[0])], of: source.sources, options: RenderingOptions())
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      let read = (json?["diagnostics"] as? [[String: Any]])?.first?["headline"] as? String
      #expect(read.map { Array($0.unicodeScalars) } == Array(headline), "from U+\(String(block, radix: 16))")
    }
  }

  @Test func theCatalogueFindsFormatsByName() {
    #expect(RendererCatalog.all.map(\.name) == ["text", "concise", "json", "sarif", "github", "gitlab", "junit"])
    #expect(RendererCatalog.renderer(named: "json") is JSONRenderer)
    #expect(RendererCatalog.renderer(named: "xml") == nil)
  }

  @Test func theSummaryCountsInWords() {
    let source = MarkedSource("⟦a⟧")
    func finding(_ severity: Severity, _ safety: FixIt.Safety? = nil) -> Diagnostic {
      Diagnostic(
        rule(1, severity), "x", at: source.spans[0],
        fixIts: safety.map { [FixIt("x", $0, replace: source.spans[0], with: "b")] } ?? [])
    }
    let findings = [finding(.error), finding(.error, .unsafe), finding(.warning, .safe), finding(.note)]
    let summary = DiagnosticSummary(findings)
    #expect(summary.sentence() == "2 errors, 1 warning, 1 note")
    #expect(
      summary.sentence(fixCommand: "fix it")
        == "2 errors, 1 warning, 1 note (1 fixable with `fix it`, 1 more with `fix it --unsafe-fixes`)")
    #expect(
      DiagnosticSummary(findings.prefix(2)).sentence(fixCommand: "fix it", suppressed: 3)
        == "2 errors, 3 suppressed (1 fixable with `fix it --unsafe-fixes`)")
    #expect(DiagnosticSummary(findings.suffix(1)).sentence(fixCommand: "fix it") == "1 note")
    #expect(DiagnosticSummary([]).sentence() == "no findings")
  }
}
