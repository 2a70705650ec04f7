import SourceDiagnostics
import Testing
import YAMLSyntax

/// The examples of each mistake are its documentation, so they must be true.
struct MistakeExampleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: RuleDescription
    let example: RuleExample

    var testDescription: String { "\(rule.code) \(example.text.debugDescription)" }
  }

  static let cases = YAMLMistakes.all.flatMap { rule in rule.examples.map { Case(rule: rule, example: $0) } }

  @Test(arguments: cases)
  func eachExampleShowsExactlyItsMistake(_ example: Case) {
    let location = example.example.location
    let source = SourceLocation(
      fileID: location.fileID, filePath: location.filePath, line: location.line, column: location.column)
    let (text, marks) = unmarked(example.example.text)
    let result = parse(text)
    #expect(result.diagnostics.allSatisfy { $0.code == example.rule.code }, sourceLocation: source)
    #expect(result.diagnostics.map(\.primary.span.range) == marks, "\(result.diagnostics)", sourceLocation: source)
    switch example.example.expectation {
    case .allowed: #expect(result.diagnostics.isEmpty, sourceLocation: source)
    case .flagged(let fixed):
      #expect(!marks.isEmpty, sourceLocation: source)
      if let fixed { #expect(applyFixes(result) == fixed, sourceLocation: source) }
    }
  }

  @Test func eachMistakeHasItsOwnCodeInOrder() {
    #expect(YAMLMistakes.all.map(\.code.number) == Array(1...13))
    #expect(Set(YAMLMistakes.all.map(\.slug)).count == 13)
    #expect(YAMLMistakes.all.allSatisfy { !$0.summary.hasSuffix(".") && !$0.examples.isEmpty })
  }

  private func unmarked(_ text: String) -> (String, [Range<Int>]) {
    var plain = ""
    var ranges: [Range<Int>] = []
    var start = 0
    for character in text.unicodeScalars {
      switch character {
      case "⟦": start = plain.utf8.count
      case "⟧": ranges.append(start..<plain.utf8.count)
      default: plain.unicodeScalars.append(character)
      }
    }
    return (plain, ranges)
  }

  private func applyFixes(_ result: YAMLParseResult) -> String {
    var bytes = result.tree.file.bytes
    let edits = result.diagnostics.flatMap(\.fixIts).flatMap(\.edits)
    for edit in edits.sorted(by: { $0.span > $1.span }) {
      bytes.replaceSubrange(edit.span.range, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
