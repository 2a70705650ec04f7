import SourceDiagnostics
import Testing

@Suite struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, context: Int = 3) -> String {
    UnifiedDiff(from: old, to: new, oldName: "a/x", newName: "b/x", context: context).text
  }

  private func numbers(_ range: ClosedRange<Int>) -> String { range.map { "\($0)\n" }.joined() }

  @Test func sameTextsGiveNothing() {
    #expect(diff("a\nb\n", "a\nb\n") == "")
    #expect(UnifiedDiff(from: "", to: "", oldName: "a", newName: "b").isEmpty)
  }

  @Test func aChangeHasThreeLinesOfContext() {
    let new = numbers(1...9).replacing("5\n", with: "five\n5b\n")
    #expect(
      diff(numbers(1...9), new) == """
        --- a/x
        +++ b/x
        @@ -2,7 +2,8 @@
         2
         3
         4
        -5
        +five
        +5b
         6
         7
         8

        """)
    #expect(UnifiedDiff(from: numbers(1...9), to: new, oldName: "", newName: "").changedLineCounts == (1, 2))
  }

  @Test func changesFarApartAreHunksOfTheirOwnAndNearOnesShareOne() {
    let far = numbers(1...20).replacing("\n3\n", with: "\nthree\n").replacing("\n18\n", with: "\n")
    #expect(
      diff(numbers(1...20), far, context: 1) == """
        --- a/x
        +++ b/x
        @@ -2,3 +2,3 @@
         2
        -3
        +three
         4
        @@ -17,3 +17,2 @@
         17
        -18
         19

        """)
    let near = numbers(1...9).replacing("3\n", with: "").replacing("6\n", with: "")
    #expect(
      diff(numbers(1...9), near, context: 1) == """
        --- a/x
        +++ b/x
        @@ -2,6 +2,4 @@
         2
        -3
         4
         5
        -6
         7

        """)
  }

  @Test func emptySidesAndMissingLineBreaksAreWrittenAsPatchWantsThem() {
    #expect(diff("", "a\n") == "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n")
    #expect(diff("a\n", "") == "--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n")
    #expect(
      diff("a", "a\n")
        == "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")
    #expect(
      diff("a\r\nb\r\n", "a\nb\r\n") == "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n-a\r\n+a\n b\r\n")
  }

  @Test func onATerminalControlCharactersAreVisible() {
    let diff = UnifiedDiff(from: "a\t\u{1B}[2J\r\n", to: "b\n", oldName: "x\u{7}", newName: "y")
    #expect(
      diff.terminalText(colour: false) == "--- x␇\n+++ y\n@@ -1 +1 @@\n-a\t␛[2J␍\n+b\n")
    #expect(diff.terminalText(colour: true).hasSuffix("\u{1B}[32m+b\u{1B}[0m\n"))
  }

  @Test(arguments: 1...60)
  func theDiffOfRandomTextsTurnsOneIntoTheOtherAndIsShortest(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed))
    func text() -> [String] {
      (0..<Int.random(in: 0...30, using: &random)).map { _ in
        ["a", "b", "c", "d", ""].randomElement(using: &random) ?? ""
      }
    }
    let (old, new) = (text(), text())
    let oldText = old.map { $0 + "\n" }.joined()
    let newText = new.map { $0 + "\n" }.joined()
    for context in [0, 1, 3] {
      #expect(patched(old, diff(oldText, newText, context: context)) == new)
    }
    let counts = UnifiedDiff(from: oldText, to: newText, oldName: "", newName: "").changedLineCounts
    #expect(counts.removed + counts.added == old.count + new.count - 2 * longestCommon(old, new))
  }

  @Test func aDearComparisonStaysRight() {
    var random = SeededGenerator(state: 1)
    let old = (0..<1_500).map { _ in "\(Int.random(in: 0...50, using: &random))" }
    let new = (0..<1_500).map { _ in "\(Int.random(in: 0...50, using: &random))" }
    #expect(patched(old, diff(old.map { $0 + "\n" }.joined(), new.map { $0 + "\n" }.joined())) == new)
  }

  /// Applies a diff as `patch` does, checking every line that it says is there.
  private func patched(_ old: [String], _ diff: String) -> [String]? {
    if diff.isEmpty { return old }
    var result: [String] = []
    var position = 0
    for line in diff.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(2).dropLast() {
      if line.hasPrefix("@@") {
        let range = line.dropFirst(4).prefix { $0 != " " }.split(separator: ",").compactMap { Int($0) }
        let start = range.count == 2 && range[1] == 0 ? range[0] : range[0] - 1
        result += old[position..<start]
        position = start
      } else if line.hasPrefix("+") {
        result.append(String(line.dropFirst()))
      } else {
        guard position < old.count, old[position] == line.dropFirst() else { return nil }
        if line.hasPrefix(" ") { result.append(old[position]) }
        position += 1
      }
    }
    return result + old[position...]
  }

  private func longestCommon(_ left: [String], _ right: [String]) -> Int {
    var row = [Int](repeating: 0, count: right.count + 1)
    for line in left {
      var diagonal = 0
      for (index, other) in right.enumerated() {
        let above = row[index + 1]
        row[index + 1] = line == other ? diagonal + 1 : max(above, row[index])
        diagonal = above
      }
    }
    return row[right.count]
  }
}
