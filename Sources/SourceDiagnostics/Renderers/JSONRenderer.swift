/// Findings for programs: one JSON object, with a finding a line.
///
/// Version 1 of the format. Members may be added without a new version; none is renamed, dropped or given another meaning.
///
/// ```text
/// version      1
/// tool         {name, version}; version is null when unknown
/// diagnostics  the findings in the order shown
///   code         "GW4001"
///   slug         the name of the kind in kebab case
///   severity     "error", "warning" or "note"
///   headline     what is wrong, in one line
///   environment  the overlay in which alone it shows, or null
///   primary      the place at fault
///   related      other places that matter
///   notes, help  lists of texts
///   fixes        {title, safety, edits}; safety is "safe", "unsafe" or "displayOnly";
///                an edit is a place with `replacement` in the stead of `text`
///   documentation  the command that explains the code, or null
/// summary      {errors, warnings, notes, fixable}; fixable counts the findings with a safe fix
/// ```
///
/// A place is `{file, start, end, text}`; `text` is its label, perhaps empty. `start` and `end` are
/// `{offset, line, column, utf16Column}`: the offset in UTF-8 bytes from 0, the line from 1, the columns from 1 in Unicode
/// scalars and in UTF-16 code units. `end` is the point behind the last character; a byte order mark has no column. A
/// `file` of null is unknown, and so are then the lines and columns, which are null too.
public struct JSONRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "json"
  /// What it is for.
  public let summary = "for programs"

  /// Makes the renderer.
  public init() {}

  /// The JSON object that the type describes.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    var lines = LineTableCache(sources)
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
          json.object { write(diagnostic, options, &lines, &$0) }
        }
        if !diagnostics.isEmpty { json.closingNewline() }
      }
      json.key("summary")
      json.object { write(DiagnosticSummary(diagnostics), &$0) }
    }
    return json.text + "\n"
  }

  private func write(
    _ diagnostic: Diagnostic, _ options: RenderingOptions, _ lines: inout LineTableCache, _ json: inout JSONWriter
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

  private func write(_ summary: DiagnosticSummary, _ json: inout JSONWriter) {
    json.key("errors")
    json.number(summary.errors)
    json.key("warnings")
    json.number(summary.warnings)
    json.key("notes")
    json.number(summary.notes)
    json.key("fixable")
    json.number(summary.fixable)
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
