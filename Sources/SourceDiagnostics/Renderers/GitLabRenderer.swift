/// Findings as GitLab's Code Quality report, which a merge request shows beside its changes.
///
/// Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
public struct GitLabRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "gitlab"
  /// What it is for.
  public let summary = "Code Quality report of GitLab"

  /// Makes the renderer.
  public init() {}

  /// A JSON array with an object a finding. What could not be read is an entry of the severity `blocker`.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    let sources = sources.concealingCredentials(for: diagnostics)
    var lines = LineTableCache(sources)
    var fingerprints = FindingFingerprint(sources)
    var json = JSONWriter()
    json.array { json in
      for diagnostic in diagnostics {
        let source = lines.lines(of: diagnostic.primary.span.file)
        json.newline()
        json.object { json in
          write(
            diagnostic.plainText(explainCommand: options.explainCommand), diagnostic.code.description,
            severity(of: diagnostic), fingerprints.next(diagnostic), source?.file.relativePath ?? "unknown",
            line: source?.table.line(at: diagnostic.primary.span.start) ?? 1, &json)
        }
      }
      for reason in options.unreadInputs {
        json.newline()
        json.object { write(reason, "unread-input", "blocker", reason, "unknown", line: 1, &$0) }
      }
      if !diagnostics.isEmpty || !options.unreadInputs.isEmpty { json.closingNewline() }
    }
    return json.text + "\n"
  }

  private func write(
    _ description: String, _ check: String, _ severity: String, _ fingerprint: String, _ path: String, line: Int,
    _ json: inout JSONWriter
  ) {
    // GitLab wants it to be unique in the whole report.
    var hash = FNV1a()
    hash.combine(path)
    hash.combine(fingerprint)
    json.key("description")
    json.string(description)
    json.key("check_name")
    json.string(check)
    json.key("fingerprint")
    json.string(hash.hexadecimal)
    json.key("severity")
    json.string(severity)
    json.key("location")
    json.object { json in
      json.key("path")
      json.string(path)
      json.key("lines")
      json.object { json in
        json.key("begin")
        json.number(line)
      }
    }
  }

  private func severity(of diagnostic: Diagnostic) -> String {
    switch diagnostic.severity {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
