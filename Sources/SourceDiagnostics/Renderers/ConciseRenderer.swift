/// One line a finding, `file:line:column: severity[code]: headline`, for editors, `grep` and long lists.
public struct ConciseRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "concise"
  /// What it is for.
  public let summary = "one line a finding"

  /// Makes the renderer.
  public init() {}

  /// A line for each finding.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    var lines = LineTableCache(sources)
    var painter = Painter(colour: options.colour)
    for diagnostic in diagnostics {
      painter.write(lines.place(of: diagnostic.primary.span, options.characters), .emphasis)
      painter.write(": ")
      painter.write("\(diagnostic.severity.name)[\(diagnostic.code)]", .severity(diagnostic.severity))
      painter.write(": ")
      painter.write(options.characters.visible(diagnostic.headline))
      if let environment = diagnostic.environment {
        painter.write(" (in environment `\(options.characters.visible(environment))`)")
      }
      painter.newline()
    }
    if options.showsSummary, !diagnostics.isEmpty {
      painter.write(
        options.characters.visible(
          DiagnosticSummary(diagnostics).sentence(
            fixCommand: options.fixCommand, suppressed: options.suppressedCount)))
      painter.newline()
    }
    return painter.text
  }
}
