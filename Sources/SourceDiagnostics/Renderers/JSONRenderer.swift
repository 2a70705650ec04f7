/// Findings for programs: one JSON object, with a finding a line.
///
/// Version 1 of the format; `docs/json.md` describes every member. Members may be added without a new version; none is
/// renamed, dropped or given another meaning.
public struct JSONRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "json"
  /// What it is for.
  public let summary = "for programs"

  /// Makes the renderer.
  public init() {}

  /// The JSON object that `docs/json.md` describes.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    var lines = LineTableCache(sources)
    var fingerprints = FindingFingerprint(sources.concealingCredentials(for: diagnostics))
    var json = JSONWriter()
    json.object { json in
      json.key("version")
      json.number(1)
      json.key("tool")
      json.object { json in
        json.key("name")
        json.string("sluice")
        json.key("version")
        json.string(options.toolVersion)
      }
      json.key("diagnostics")
      json.array { json in
        for diagnostic in diagnostics {
          json.newline()
          json.object { write(diagnostic, fingerprints.next(diagnostic), options, &lines, &$0) }
        }
        if !diagnostics.isEmpty { json.closingNewline() }
      }
      json.key("summary")
      json.object { write(DiagnosticSummary(diagnostics), options, &$0) }
      json.key("unread")
      json.strings(options.unreadInputs)
    }
    return json.text + "\n"
  }

  private func write(
    _ diagnostic: Diagnostic, _ fingerprint: String, _ options: RenderingOptions, _ lines: inout LineTableCache,
    _ json: inout JSONWriter
  ) {
    json.key("code")
    json.string(diagnostic.code.description)
    json.key("slug")
    json.string(diagnostic.slug)
    json.key("severity")
    json.string(diagnostic.severity.name)
    json.key("headline")
    json.string(diagnostic.headline)
    json.key("environment")
    json.string(diagnostic.environment)
    json.key("primary")
    json.object { write(diagnostic.primary, &lines, &$0) }
    json.key("related")
    json.objects(diagnostic.related) { write($1, &lines, &$0) }
    json.key("notes")
    json.strings(diagnostic.notes)
    json.key("help")
    json.strings(diagnostic.help)
    json.key("fixes")
    json.objects(diagnostic.fixIts) { json, fix in
      json.key("title")
      json.string(fix.title)
      json.key("safety")
      json.string(fix.safety.name)
      json.key("edits")
      json.objects(fix.edits) { json, edit in
        write(edit.span, &lines, &json)
        json.key("replacement")
        json.string(edit.replacement)
      }
    }
    json.key("documentation")
    json.string(options.explainCommand.map { "\($0) \(diagnostic.code)" })
    json.key("url")
    json.string(DocumentationSite.page(of: diagnostic.code))
    json.key("fingerprint")
    json.string(fingerprint)
  }

  private func write(_ label: Diagnostic.Label, _ lines: inout LineTableCache, _ json: inout JSONWriter) {
    write(label.span, &lines, &json)
    json.key("text")
    json.string(label.text)
  }

  private func write(_ span: SourceSpan, _ lines: inout LineTableCache, _ json: inout JSONWriter) {
    let source = lines.lines(of: span.file)
    json.key("file")
    json.string(source?.file.name)
    for (key, offset) in [("start", span.start), ("end", span.end)] {
      let position = source?.table.position(at: offset)
      json.key(key)
      json.object { json in
        json.key("offset")
        json.number(offset)
        json.key("line")
        json.number(position?.line)
        json.key("column")
        json.number(position?.column)
        json.key("utf16Column")
        json.number(source?.table.utf16Column(at: offset))
      }
    }
  }

  private func write(_ summary: DiagnosticSummary, _ options: RenderingOptions, _ json: inout JSONWriter) {
    json.key("errors")
    json.number(summary.errors)
    json.key("warnings")
    json.number(summary.warnings)
    json.key("notes")
    json.number(summary.notes)
    json.key("fixable")
    json.number(summary.fixable)
    json.key("suppressed")
    json.number(options.suppressedCount)
  }
}

extension FixIt.Safety {
  /// The name in the format.
  fileprivate var name: String {
    switch self {
    case .displayOnly: "displayOnly"
    case .unsafe: "unsafe"
    case .safe: "safe"
    }
  }
}
