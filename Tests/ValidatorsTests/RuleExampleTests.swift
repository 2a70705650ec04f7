import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators

/// One example of one rule, as a test argument whose failure points at the example.
struct RuleExampleCase: CustomTestStringConvertible, Sendable {
  let rule: RuleDescription
  let number: Int
  let example: RuleExample

  var testDescription: String { "\(rule.code) \(rule.slug), example \(number)" }

  var place: SourceLocation {
    let location = example.location
    return SourceLocation(
      fileID: location.fileID, filePath: location.filePath, line: location.line, column: location.column)
  }

  static let all = RuleCatalog.all.flatMap { rule in
    rule.examples.enumerated().map { RuleExampleCase(rule: rule, number: $0 + 1, example: $1) }
  }
  static let flagged = all.filter { $0.example.expectation != .allowed }
}

struct RuleExampleTests {
  @Test(arguments: RuleExampleCase.all)
  func `is judged as it says, at exactly the marked places`(_ testCase: RuleExampleCase) {
    expectMarks(testCase, text: testCase.example.text, "as written")
  }

  /// The same mistake in other clothes: places must not slip, and nothing may be lost.
  @Test(arguments: RuleExampleCase.all)
  func `is judged the same with CRLF, with a byte order mark, behind many-byte comments and a document start`(
    _ testCase: RuleExampleCase
  ) {
    // Examples about the form of the file itself cannot be dressed up.
    if testCase.example.base == nil { return }
    let text = testCase.example.text
    expectMarks(
      testCase, text: text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"), "CRLF")
    expectMarks(testCase, text: "# héllo 日本 🚀\n" + text, "comment")
    // Vault takes neither in a policy.
    if testCase.example.base == .policy { return }
    expectMarks(testCase, text: "\u{FEFF}# a comment\n" + text, "byte order mark")
    expectMarks(testCase, text: "---\n" + text, "document start")
  }

  @Test(arguments: RuleExampleCase.flagged)
  func `its fixes give the text that it promises, in which the rule finds nothing more`(_ testCase: RuleExampleCase) {
    guard case .flagged(let fixed?) = testCase.example.expectation else { return }
    let runner = RuleExampleRunner(testCase.example)
    let (loaded, outcome) = runner.lint()
    let mine = outcome.diagnostics.filter { $0.code == testCase.rule.code }
    let result = FixItApplier.apply(mine, to: loaded.sources, atLeast: .unsafe)
    let file = runner.markedFile(of: loaded)
    let bytes = result.changed[file.id] ?? file.bytes
    let wanted = RuleExampleRunner(testCase.example.with(text: fixed))
    #expect(String(decoding: bytes, as: UTF8.self) == wanted.text, sourceLocation: testCase.place)
    let again = wanted.lint().outcome.diagnostics.filter { $0.code == testCase.rule.code }
    #expect(again.isEmpty, sourceLocation: testCase.place)
  }

  private func expectMarks(_ testCase: RuleExampleCase, text: String, _ variant: Comment) {
    let runner = RuleExampleRunner(testCase.example.with(text: text))
    let (_, outcome) = runner.lint()
    let hasEnvironments = testCase.example.text.contains("environments:")
    let mine = outcome.diagnostics.filter {
      $0.code == testCase.rule.code && ($0.environment == nil || hasEnvironments)
    }
    let found = mine.map(\.primary.span.range).sorted { $0.lowerBound < $1.lowerBound }
    let bytes = Array(runner.text.utf8)
    let show = { (ranges: [Range<Int>]) in ranges.map { "\($0) " + String(decoding: bytes[$0], as: UTF8.self) } }
    #expect(
      show(found) == show(testCase.example.expectation == .allowed ? [] : runner.marks), variant,
      sourceLocation: testCase.place)
    for finding in mine {
      #expect(finding.severity == testCase.rule.severity, variant, sourceLocation: testCase.place)
    }
    // A fragment of YAML about the form of the file is no gateway.
    if testCase.rule.code.category == .yaml { return }
    // That an engine does not take virtual keys yet is no mistake in how they are written.
    let others = outcome.diagnostics.filter {
      $0.code != testCase.rule.code && $0.severity == .error && $0.slug != "feature-not-in-engine"
    }
    #expect(others.map { "\($0.code) \($0.headline)" } == [], variant, sourceLocation: testCase.place)
  }
}
