/// One finding as a person reads it.
struct TextReport {
  private let diagnostic: Diagnostic
  private let options: RenderingOptions
  private let explains: Bool

  /// More places than this are counted, not shown.
  private static let mostRelated = 40

  init(_ diagnostic: Diagnostic, _ options: RenderingOptions, explains: Bool) {
    self.diagnostic = diagnostic
    self.options = options
    self.explains = explains
  }

  func write(to painter: inout Painter, _ lines: inout LineTableCache) {
    let excerpts = makeExcerpts(&lines)
    let previews = diagnostic.fixIts.map {
      FixPreview($0, in: diagnostic.primary.span.file, &lines, options.characters)
    }
    let lastLine = max(excerpts.map(\.lastLine).max() ?? 1, previews.map(\.lastLine).max() ?? 1)
    let frame = ReportFrame(gutter: ReportFrame.columns(of: lastLine), options: options)

    writeHeadline(frame, &painter)
    var place = lines.place(of: diagnostic.primary.span, options.characters)
    if let environment = diagnostic.environment {
      place += " (in environment `\(options.characters.visible(environment))`)"
    }
    frame.writePlace(place, arrow: "-->", &painter)
    for (index, excerpt) in excerpts.enumerated() {
      if index > 0 {
        frame.writeBar(&painter)
        frame.writePlace(lines.place(of: excerpt.firstSpan, options.characters), arrow: ":::", &painter)
      }
      frame.writeBar(&painter)
      excerpt.write(frame, &painter)
    }
    writeItems(previews, frame, &painter)
  }

  /// One excerpt a file, that of the primary place first.
  private func makeExcerpts(_ lines: inout LineTableCache) -> [Excerpt] {
    var labels = [diagnostic.primary.span.file: [(diagnostic.primary, true)]]
    var order = [diagnostic.primary.span.file]
    for label in diagnostic.related.prefix(Self.mostRelated) {
      if labels[label.span.file] == nil { order.append(label.span.file) }
      labels[label.span.file, default: []].append((label, false))
    }
    var excerpts: [Excerpt] = []
    for id in order {
      guard let (file, table) = lines.lines(of: id), let labels = labels[id] else { continue }
      excerpts.append(Excerpt(file, table, labels, diagnostic.severity))
    }
    return excerpts
  }

  private func writeHeadline(_ frame: ReportFrame, _ painter: inout Painter) {
    let word = "\(diagnostic.severity.name)[\(diagnostic.code)]"
    painter.write(word, .severity(diagnostic.severity))
    painter.write(":", .emphasis)
    let headline = options.characters.visible(diagnostic.headline)
    frame.writeWrapped(headline, indent: word.utf8.count + 2, .emphasis, &painter)
  }

  private func writeItems(_ previews: [FixPreview], _ frame: ReportFrame, _ painter: inout Painter) {
    var hasBar = false
    func item(_ word: String, _ style: TextStyle, _ text: String) {
      if !hasBar { frame.writeBar(&painter) }
      hasBar = true
      frame.writeItem(word, style, text, &painter)
    }
    for note in diagnostic.notes { item("note", .emphasis, note) }
    let hidden = diagnostic.related.count - Self.mostRelated
    if hidden > 0 { item("note", .emphasis, "\(hidden) more \(hidden == 1 ? "place" : "places")") }
    // A fix says what it does; the same words above it would only be noise.
    let titles = Set(diagnostic.fixIts.map(\.title))
    for help in diagnostic.help where !titles.contains(help) { item("help", .advice, help) }
    for (fix, preview) in zip(diagnostic.fixIts, previews) {
      item(fix.safety.word, .advice, fix.title)
      if preview.isEmpty { continue }
      frame.writeBar(&painter)
      preview.write(frame, &painter)
      hasBar = false
    }
    if explains, let command = options.explainCommand { item("see", .emphasis, "\(command) \(diagnostic.code)") }
  }
}

extension FixIt.Safety {
  /// What a report calls a fix of this safety.
  var word: String {
    switch self {
    case .safe: "fix"
    case .unsafe: "unsafe fix"
    case .displayOnly: "example"
    }
  }
}
