/// Findings for a person at a terminal: the headline, the lines of source with the places underlined, then what explains
/// the finding and what cures it.
///
/// ```text
/// error[GW4001]: no endpoint of litellm 1.109.1 serves `/healthz`
///   --> specs/gateway.yaml:21:24
///    |
/// 16 |   type: litellm
///    |         ------- the engine is chosen here
/// ...
/// 21 |     liveness:  { path: /healthz, period: 30s }
///    |                        ^^^^^^^^ not served
///    |
///    = fix: write `/health/liveliness`
///    |
/// 21 -     liveness:  { path: /healthz, period: 30s }
/// 21 +     liveness:  { path: /health/liveliness, period: 30s }
///    |
///    = see: sluice explain GW4001
/// ```
///
/// Places in other files stand in blocks of their own that begin with `:::`. A code is explained where it first occurs.
public struct TextRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "text"
  /// What it is for.
  public let summary = "for people, with the source"

  /// Makes the renderer.
  public init() {}

  /// Findings with their source, an empty line between two.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    var lines = LineTableCache(sources.concealingCredentials(for: diagnostics))
    var painter = Painter(colour: options.colour)
    var explained: Set<DiagnosticCode> = []
    for (index, diagnostic) in diagnostics.enumerated() {
      if index > 0 { painter.newline() }
      let report = TextReport(diagnostic, options, explains: explained.insert(diagnostic.code).inserted)
      report.write(to: &painter, &lines)
    }
    if options.showsSummary, !diagnostics.isEmpty {
      painter.newline()
      let sentence = DiagnosticSummary(diagnostics).sentence(
        fixCommand: options.fixCommand, suppressed: options.suppressedCount)
      painter.write(options.characters.visible(sentence), .emphasis)
      painter.newline()
    }
    return painter.text
  }
}
