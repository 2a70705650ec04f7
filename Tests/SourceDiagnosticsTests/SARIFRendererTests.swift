import Foundation
@testable import SourceDiagnostics
import Testing

@Suite struct SARIFRendererTests {
  private typealias Object = [String: Any]

  private func run(
    _ findings: [Diagnostic], _ sources: SourceMap, _ options: RenderingOptions = RenderingOptions(),
    limits: SARIFLimits = .gitHub
  ) throws -> (run: [String: Any], text: String) {
    let text = SARIFRenderer(limits: limits).render(findings, of: sources, options: options)
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
    #expect(log["version"] as? String == "2.1.0")
    return (try #require((log["runs"] as? [Object])?.first), text)
  }

  private func results(_ run: [String: Any]) -> [[String: Any]] { run["results"] as? [Object] ?? [] }

  private func region(_ location: Any?) -> [String: Int]? {
    ((location as? Object)?["physicalLocation"] as? Object)?["region"] as? [String: Int]
  }

  @Test func regionsCountUTF16AndBytes() throws {
    let source = MarkedSource("\u{FEFF}a: é\r\n👩b: ⟦日👩\n  c⟧\nd: ⟦⟧\n", name: "a b/c.yaml")
    let finding = Diagnostic(
      rule(), "wrong", at: source.spans[0], label: "here", related: [.init(source.spans[1], "there")])
    let (run, _) = try run([finding], source.sources)
    #expect(run["columnKind"] as? String == "utf16CodeUnits")
    let result = results(run)[0]
    #expect(
      region((result["locations"] as? [Any])?.first) == [
        "startLine": 2, "startColumn": 6, "endLine": 3, "endColumn": 4, "charOffset": 11, "charLength": 7,
        "byteOffset": 17, "byteLength": 11,
      ])
    #expect(
      region((result["relatedLocations"] as? [Any])?.first) == [
        "startLine": 4, "startColumn": 4, "endLine": 4, "endColumn": 4, "charOffset": 22, "charLength": 0,
        "byteOffset": 32, "byteLength": 0,
      ])
    let artifact = ((run["artifacts"] as? [Object])?.first?["location"] as? Object)
    #expect(artifact?["uri"] as? String == "a%20b/c.yaml")
    #expect(artifact?["uriBaseId"] as? String == "%SRCROOT%")
  }

  @Test func rulesHaveHelpAndResultsPointAtThem() throws {
    let source = MarkedSource("⟦a⟧")
    var options = RenderingOptions()
    options.rules = { [rule(7, .note), rule()] }
    options.toolVersion = "0.1.0"
    let (run, _) = try run([Diagnostic(rule(), "wrong", at: source.spans[0])], source.sources, options)
    let driver = (run["tool"] as? Object)?["driver"] as? Object
    #expect(driver?["semanticVersion"] as? String == "0.1.0")
    let described = try #require(driver?["rules"] as? [Object])
    #expect(described.map { $0["id"] as? String } == ["GW0007", "GW4001"])
    #expect(described[1]["helpUri"] as? String == "https://sluice.dev/rules/GW4001")
    #expect(((described[1]["help"] as? Object)?["markdown"] as? String)?.contains("sluice explain GW4001") == true)
    #expect((described[0]["defaultConfiguration"] as? Object)?["level"] as? String == "note")
    #expect(results(run)[0]["ruleIndex"] as? Int == 1)
  }

  @Test func fixesThatCanBeAppliedAreOfferedFileByFile() throws {
    let other = MarkedSource("⟦x⟧\n", name: "p.hcl")
    let source = MarkedSource("⟦a⟧ ⟦b⟧\n", name: "a.yaml", in: other.sources)
    let finding = Diagnostic(
      rule(), "wrong", at: source.spans[0],
      fixIts: [
        FixIt("example", .displayOnly, replace: source.spans[0], with: "<NAME>"),
        FixIt(
          "both", .unsafe,
          edits: [TextEdit(source.spans[0], "A"), TextEdit(source.spans[1], ""), TextEdit(other.spans[0], "X")]),
      ])
    let fixes = try #require(results(try run([finding], source.sources).run)[0]["fixes"] as? [Object])
    #expect(fixes.count == 1)
    #expect((fixes[0]["description"] as? Object)?["text"] as? String == "both")
    #expect((fixes[0]["properties"] as? Object)?["safety"] as? String == "unsafe")
    let changes = try #require(fixes[0]["artifactChanges"] as? [Object])
    #expect(
      changes.map { ($0["artifactLocation"] as? Object)?["uri"] as? String }.sorted { ($0 ?? "") < ($1 ?? "") }
        == ["a.yaml", "p.hcl"])
    let inserted = changes.flatMap { $0["replacements"] as? [Object] ?? [] }
      .map { ($0["insertedContent"] as? Object)?["text"] as? String ?? "?" }
    #expect(inserted.sorted() == ["", "A", "X"])
  }

  @Test func aFingerprintSurvivesLinesThatComeAndGoAndChangesWithItsLine() throws {
    func fingerprints(_ text: String) throws -> [String] {
      let source = MarkedSource(text)
      let findings = source.spans.map { Diagnostic(rule(), "wrong", at: $0) }
      return results(try run(findings, source.sources).run).compactMap {
        ($0["partialFingerprints"] as? Object)?["primaryLocationLineHash"] as? String
      }
    }
    let plain = try fingerprints("a: ⟦1⟧\nb: ⟦2⟧\na: ⟦1⟧\n")
    #expect(Set(plain).count == 3)
    #expect(plain[0].hasSuffix(":1") && plain[2].hasSuffix(":2"))
    #expect(try fingerprints("# more\n\n  a:   ⟦1⟧\r\nx: y\nb: ⟦2⟧\na: ⟦1⟧\n") == plain)
    #expect(try fingerprints("a: ⟦3⟧\n")[0] != plain[0])
  }

  @Test func beyondTheLimitsTheMildestAreLeftOutAndThatIsSaid() throws {
    let source = MarkedSource("⟦a⟧")
    let related = (0..<20).map { _ in Diagnostic.Label(source.spans[0], "here") }
    let findings = [
      Diagnostic(rule(1, .note), "first", at: source.spans[0], related: related),
      Diagnostic(rule(2, .error), "second", at: source.spans[0]),
      Diagnostic(rule(3, .warning), "third", at: source.spans[0]),
    ]
    func kept(_ limits: SARIFLimits) throws -> (codes: [String], notification: String?, related: Int?, size: Int) {
      let (run, text) = try run(findings, source.sources, limits: limits)
      let notification = ((run["invocations"] as? [Object])?.first?["toolExecutionNotifications"] as? [Object])?.first
      return (
        results(run).compactMap { $0["ruleId"] as? String }, (notification?["message"] as? Object)?["text"] as? String,
        (results(run).first?["relatedLocations"] as? [Any])?.count, text.utf8.count
      )
    }
    let all = try kept(.gitHub)
    #expect(all.codes == ["GW0001", "GW0002", "GW0003"] && all.notification == nil && all.related == 20)
    let two = try kept(SARIFLimits(results: 2, rules: 9, locations: 4, bytes: 1_000_000))
    #expect(two.codes == ["GW0002", "GW0003"])
    #expect(two.notification == "1 finding is left out, the mildest first, to keep GitHub's limits")
    #expect(try kept(SARIFLimits(results: 9, rules: 9, locations: 4, bytes: 1_000_000)).related == 3)
    let small = try kept(SARIFLimits(results: 9, rules: 9, locations: 4, bytes: 4_900))
    #expect(small.codes == ["GW0002"])
    #expect(small.size <= 4_900)
  }

  @Test func whatCouldNotBeReadIsNoSuccess() throws {
    var options = RenderingOptions()
    options.unreadInputs = ["cannot read `x`"]
    let invocation = (try run([], SourceMap(), options).run["invocations"] as? [Object])?.first
    #expect(invocation?["executionSuccessful"] as? Bool == false)
  }

  @Test func noCredentialIsInIt() throws {
    let source = MarkedSource("key: ⟦sk-ant-0123456789abcdefghij⟧\n")
    let (_, text) = try run([Diagnostic(rule(), "wrong", at: source.spans[0])], source.sources)
    #expect(!text.contains("0123456789"))
  }
}
