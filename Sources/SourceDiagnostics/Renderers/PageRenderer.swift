/// One part of a page of documentation.
public enum PageBlock: Sendable {
  /// What the page is about.
  case title(String)
  /// How bad the thing is, and what it is in a sentence.
  case verdict(Severity, String)
  /// The beginning of a section.
  case heading(String)
  /// Text in paragraphs, an empty line between two.
  case prose(String)
  /// A text in a language, such as `yaml`.
  case code(language: String, String)
  /// What the linter says.
  case findings([Diagnostic], SourceMap)
}

/// Writes a page in Markdown, or for a terminal.
public enum PageRenderer {
  /// The page as a Markdown file.
  public static func markdown(_ blocks: [PageBlock]) -> String {
    blocks.map { block in
      switch block {
      case .title(let text): "# \(text)\n"
      case .verdict(let severity, let text): "**\(severity.name)**: \(text).\n"
      case .heading(let text): "## \(text)\n"
      case .prose(let text): text + "\n"
      case .code(let language, let text): fenced(language, text)
      case .findings(let findings, let sources): fenced("text", report(findings, sources, RenderingOptions()))
      }
    }.joined(separator: "\n")
  }

  /// The page as a person reads it in a terminal: broken to its width, findings as they would be shown there.
  public static func terminal(_ blocks: [PageBlock], options: RenderingOptions) -> String {
    var painter = Painter(colour: options.colour)
    for (index, block) in blocks.enumerated() {
      if index > 0 { painter.newline() }
      switch block {
      case .title(let text), .heading(let text):
        painter.write(options.characters.visible(text), .emphasis)
        painter.newline()
      case .verdict(let severity, let text):
        painter.write(severity.name, .severity(severity))
        painter.write(": \(options.characters.visible(text))")
        painter.newline()
      case .prose(let text): write(text, options, &painter)
      case .code(_, let text): write(indented: text, options, &painter)
      case .findings(let findings, let sources):
        var inner = options
        inner.width = options.width - indentation.count
        for line in report(findings, sources, inner).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        {
          painter.write(line.isEmpty ? "" : indentation + line)
          painter.newline()
        }
      }
    }
    return painter.text
  }

  private static let indentation = "    "

  private static func report(_ findings: [Diagnostic], _ sources: SourceMap, _ options: RenderingOptions) -> String {
    var options = options
    options.showsSummary = false
    options.explainCommand = nil
    return TextRenderer().render(findings, of: sources, options: options)
  }

  private static func fenced(_ language: String, _ text: String) -> String {
    "```\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")```\n"
  }

  /// Paragraphs are filled anew; what is indented or an item of a list keeps its lines.
  private static func write(_ text: String, _ options: RenderingOptions, _ painter: inout Painter) {
    var paragraph = ""
    func flush() {
      if paragraph.isEmpty { return }
      for line in WordWrap(characters: options.characters).lines(paragraph, width: options.width) {
        painter.write(line)
        painter.newline()
      }
      paragraph = ""
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix(" ") || line.hasPrefix("- ") || line.hasPrefix("|") { flush() }
      if line.isEmpty {
        painter.newline()
      } else {
        paragraph += paragraph.isEmpty ? String(line) : " \(line)"
      }
    }
    flush()
  }

  private static func write(indented text: String, _ options: RenderingOptions, _ painter: inout Painter) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0) {
      painter.write(line.isEmpty ? "" : indentation + options.characters.visible(String(line)))
      painter.newline()
    }
  }
}
