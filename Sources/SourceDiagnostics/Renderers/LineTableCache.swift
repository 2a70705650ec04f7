/// The line tables of one run, each made when it is first needed.
struct LineTableCache {
  private let sources: SourceMap
  private var tables: [LineTable?]

  init(_ sources: SourceMap) {
    self.sources = sources
    tables = Array(repeating: nil, count: sources.files.count)
  }

  /// A file and its lines; `nil` when the id is from another map.
  mutating func lines(of id: SourceFileID) -> (file: SourceFile, table: LineTable)? {
    guard let file = sources[id] else { return nil }
    if let table = tables[Int(id.rawValue)] { return (file, table) }
    let table = LineTable(file)
    tables[Int(id.rawValue)] = table
    return (file, table)
  }

  /// `name:line:column` of the start of a span, as editors and terminals understand it.
  mutating func place(of span: SourceSpan, _ characters: DisplayCharacters) -> String {
    guard let (file, table) = lines(of: span.file) else { return "<unknown>" }
    let (line, column) = table.position(at: span.start)
    return "\(characters.visible(file.name)):\(line):\(column)"
  }
}
