import SourceDiagnostics
import Testing

@Suite struct LineTableTests {
  private func table(_ text: String) -> LineTable {
    var map = SourceMap()
    return LineTable(map.add(name: "a", text: text))
  }

  @Test func everyKindOfLineBreakEndsALine() {
    let table = table("a\nbc\r\nd\re")
    #expect(table.lineStarts == [0, 2, 6, 8])
    #expect((1...5).map { table.content(ofLine: $0) } == [0..<1, 2..<4, 6..<7, 8..<9, 9..<9])
    #expect([0, 1, 2, 5, 6, 8, 9, 99].map { table.line(at: $0) } == [1, 1, 2, 2, 3, 4, 4, 4])
  }

  @Test func columnsCountScalarsAndUTF16CodeUnits() {
    let table = table("é👩x")
    #expect([0, 2, 6, 7].map { table.position(at: $0).column } == [1, 2, 3, 4])
    #expect([0, 2, 6, 7].map { table.utf16Column(at: $0) } == [1, 2, 4, 5])
  }

  @Test func aByteOrderMarkHasNoColumn() {
    let table = table("\u{FEFF}ab\n\u{FEFF}c")
    #expect([0, 1, 3, 4].map { table.position(at: $0).column } == [1, 1, 1, 2])
    #expect([0, 1, 3, 4].map { table.utf16Column(at: $0) } == [1, 1, 1, 2])
    #expect(table.position(at: 9).column == 2)
  }
}
