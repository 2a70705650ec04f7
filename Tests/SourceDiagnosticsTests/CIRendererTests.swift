import Foundation
import SourceDiagnostics
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The formats that CI systems read: GitHub's commands, JUnit and GitLab's Code Quality.
@Suite struct CIRendererTests {
  private func findings() -> (source: MarkedSource, [Diagnostic]) {
    let source = MarkedSource("é: ⟦👩⟧\nb: ⟦2\nc⟧: 3\n", name: "./teams/a,b.yaml")
    var first = Diagnostic(
      rule(7, .warning), "100% of \"<a> & b\"", at: source.spans[0], label: "here", notes: ["a: b, c"],
      help: ["write `3`"], fixIts: [FixIt("write `3`", .safe, replace: source.spans[0], with: "3")])
    first.environment = "staging"
    let second = Diagnostic(
      rule(), "wrong", at: source.spans[1], fixIts: [FixIt("do it", .unsafe, replace: source.spans[1], with: "")])
    return (source, [first, second])
  }

  private func options() -> RenderingOptions {
    var options = RenderingOptions()
    options.unreadInputs = ["cannot read `x`: no such file"]
    return options
  }

  @Test func gitHubCommandsAreEscapedAsTheRunnerDecodesThem() {
    let (source, findings) = findings()
    #expect(
      GitHubRenderer().render(findings, of: source.sources, options: options()) == """
        ::warning file=teams/a%2Cb.yaml,line=1,endLine=1,col=4,endColumn=6,title=GW0007 bad-thing\
        ::100%25 of "<a> & b" (in environment `staging`)%0Anote: a: b, c%0Ahelp: write `3`%0Asee: sluice explain GW0007
        ::error file=teams/a%2Cb.yaml,line=2,endLine=3,title=GW4001 bad-thing::wrong%0Aunsafe fix: do it\
        %0Asee: sluice explain GW4001
        ::error::cannot read `x`: no such file

        """)
    #expect(GitHubRenderer().render([], of: source.sources, options: RenderingOptions()) == "no findings\n")
  }

  @Test func standardInputHasNoFileToAnnotate() {
    let source = MarkedSource("⟦a⟧", name: "<stdin>")
    let text = GitHubRenderer().render(
      [Diagnostic(rule(), "x", at: source.spans[0])], of: source.sources, options: RenderingOptions())
    #expect(text == "::error title=GW4001 bad-thing::x%0Asee: sluice explain GW4001\n")
  }

  @Test func jUnitHasACaseForEachFindingAndFailsFromTheThreshold() {
    let (source, findings) = findings()
    var sources = source.sources
    sources.add(name: "clean.yaml", text: "a: b\n")
    #expect(
      JUnitRenderer().render(findings, of: sources, options: options()) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="sluice lint" tests="4" failures="1" errors="1">
          <testsuite name="teams/a,b.yaml" tests="2" failures="1" errors="0">
            <testcase name="GW0007 bad-thing" classname="teams/a,b.yaml" file="teams/a,b.yaml" line="1">
              <system-out>./teams/a,b.yaml:1:4: warning: 100% of &quot;&lt;a&gt; &amp; b&quot; (in environment `staging`)
        note: a: b, c
        help: write `3`
        see: sluice explain GW0007</system-out>
            </testcase>
            <testcase name="GW4001 bad-thing" classname="teams/a,b.yaml" file="teams/a,b.yaml" line="2">
              <failure message="wrong" type="error">./teams/a,b.yaml:2:4: wrong
        unsafe fix: do it
        see: sluice explain GW4001</failure>
            </testcase>
          </testsuite>
          <testsuite name="clean.yaml" tests="1" failures="0" errors="0">
            <testcase name="no findings" classname="clean.yaml" file="clean.yaml"/>
          </testsuite>
          <testsuite name="input" tests="1" failures="0" errors="1">
            <testcase name="read" classname="input">
              <error message="cannot read `x`: no such file" type="input"/>
            </testcase>
          </testsuite>
        </testsuites>

        """)
    var strict = options()
    strict.failingSeverity = .warning
    #expect(JUnitRenderer().render(findings, of: sources, options: strict).contains("failures=\"2\" errors=\"1\""))
    strict.failingSeverity = nil
    #expect(!JUnitRenderer().render(findings, of: sources, options: strict).contains("<failure"))
  }

  @Test func anXMLReaderReadsBackWhateverAFindingSays() throws {
    let source = MarkedSource("⟦⟧")
    for block in [UInt32(0), 0x2000, 0xD000, 0xE000, 0xF000, 0x1_F000, 0xE_0000, 0x10_F000] {
      var headline = String.UnicodeScalarView()
      headline.append(contentsOf: (block..<(block + 0x1000)).compactMap(Unicode.Scalar.init))
      let text = JUnitRenderer().render(
        [Diagnostic(rule(), String(headline), at: source.spans[0])], of: source.sources, options: RenderingOptions())
      let reader = XMLParser(data: Data(text.utf8))
      #expect(reader.parse(), "from U+\(String(block, radix: 16)): \(String(describing: reader.parserError))")
    }
  }

  @Test func gitLabGetsAnEntryForEachFindingWithAFingerprintOfItsOwn() throws {
    let source = MarkedSource("a: ⟦1⟧\na: ⟦1⟧\n", name: "a.yaml")
    let other = MarkedSource("a: ⟦1⟧\n", name: "b.yaml", in: source.sources)
    let findings = (source.spans + other.spans).map { Diagnostic(rule(), "x", at: $0) }
    let text = GitLabRenderer().render(findings, of: other.sources, options: options())
    let entries = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(entries.map { $0["check_name"] as? String } == ["GW4001", "GW4001", "GW4001", "unread-input"])
    #expect(Set(entries.compactMap { $0["fingerprint"] as? String }).count == 4)
    #expect(entries.map { $0["severity"] as? String } == ["critical", "critical", "critical", "blocker"])
    let location = entries[1]["location"] as? [String: Any]
    #expect(location?["path"] as? String == "a.yaml")
    #expect((location?["lines"] as? [String: Any])?["begin"] as? Int == 2)
    #expect(GitLabRenderer().render([], of: source.sources, options: RenderingOptions()) == "[]\n")
  }
}
