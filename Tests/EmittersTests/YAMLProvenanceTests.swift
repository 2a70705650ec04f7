import Emitters
import SourceDiagnostics
import Testing

@Suite struct `YAML provenance` {
  private static func span(_ number: Int) -> SourceSpan {
    SourceSpan(file: SourceFileID(rawValue: 0), start: number, end: number + 1)
  }

  /// Each line with the start of its origin, `-` for none.
  private static func annotated(_ text: EmittedText) -> [String] {
    let lines = text.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == text.lineOrigins.count)
    return zip(lines, text.lineOrigins).map { "\($1.map { String($0.start) } ?? "-")|\($0)" }
  }

  @Test func `a line belongs to the innermost value with an origin`() {
    let span = Self.span
    let first: YAMLValue = [
      "kind": "Pod",
      "name": YAMLValue.string("x").from(span(2)).commented("why"),
      "spec": YAMLValue.mapping([
        .init("plain", 1),
        .init("text", YAMLValue.string("a\n\nb\n").from(span(4))),
        .init(
          "list",
          [
            YAMLValue.mapping([.init("k", 1), .init("l", YAMLValue.integer(2).from(span(7)))]).from(span(6)),
            [YAMLValue.string("deep").from(span(8)), "flat"],
            ["m": YAMLValue.integer(3).from(span(9)), "o": 4],
          ]),
        .init("after", 5),
      ]).from(span(3)),
      "last": true,
    ]
    let second: YAMLValue = ["a": YAMLValue.integer(1).from(span(11))]
    let third: YAMLValue = ["b": 2]
    let written = YAMLWriter.write(
      [first.from(span(1)).commented("doc"), second.from(span(10)), third], header: ["header"])
    #expect(
      Self.annotated(written) == [
        "-|# header", "1|# doc", "1|kind: Pod", "2|# why", "2|name: x", "3|spec:", "3|  plain: 1", "4|  text: |",
        "4|    a", "4|", "4|    b", "3|  list:", "6|  - k: 1", "7|    l: 2", "8|  - - deep", "3|    - flat",
        "9|  - m: 3", "3|    o: 4", "3|  after: 5", "1|last: true", "10|---", "11|a: 1", "-|---", "-|b: 2",
      ])
  }
}
