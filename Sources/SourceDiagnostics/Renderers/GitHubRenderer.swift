/// Findings as commands to the runner of GitHub Actions, which shows them on the changed lines of a pull request.
///
/// GitHub shows ten errors, ten warnings and ten notices of a step; the log has them all. Format:
/// https://docs.github.com/actions/reference/workflow-commands-for-github-actions#setting-an-error-message
public struct GitHubRenderer: DiagnosticRenderer {
  /// The name of the format.
  public let name = "github"
  /// What it is for.
  public let summary = "annotations of GitHub Actions"

  /// Makes the renderer.
  public init() {}

  /// A command for each finding.
  public func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String {
    var lines = LineTableCache(sources)
    var text = ""
    for diagnostic in diagnostics {
      var properties = place(of: diagnostic.primary.span, &lines, options.characters)
      properties.append(("title", "\(diagnostic.code) \(diagnostic.slug)"))
      let fields = properties.map { "\($0)=\(escaped($1, inProperty: true, options.characters))" }
      let message = escaped(diagnostic.plainText(explainCommand: options.explainCommand), options.characters)
      text += "::\(command(for: diagnostic.severity)) \(fields.joined(separator: ","))::\(message)\n"
    }
    for reason in options.unreadInputs { text += "::error::\(escaped(reason, options.characters))\n" }
    // An empty command file would be as good, but whoever looks at the log wants to see that something ran.
    return text.isEmpty ? "no findings\n" : text
  }

  private func command(for severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private func place(
    of span: SourceSpan, _ lines: inout LineTableCache, _ characters: DisplayCharacters
  ) -> [(String, String)] {
    guard let (file, table) = lines.lines(of: span.file), file.isOnDisk else { return [] }
    let (first, last) = (table.line(at: span.start), table.line(at: span.end))
    var properties = [("file", file.relativePath), ("line", "\(first)"), ("endLine", "\(last)")]
    // Columns count only where both ends lie on one line.
    if first == last {
      properties += [
        ("col", "\(table.utf16Column(at: span.start))"), ("endColumn", "\(table.utf16Column(at: span.end))"),
      ]
    }
    return properties
  }

  /// What the runner takes for the end of a line, of a value or of the properties is written as it decodes it again.
  private func escaped(_ text: String, inProperty: Bool = false, _ characters: DisplayCharacters) -> String {
    var result = ""
    for scalar in characters.visible(text, keeping: "\n").unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\n": result += "%0A"
      case ":" where inProperty: result += "%3A"
      case "," where inProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Diagnostic {
  /// The finding in words alone, a line for each fact: for formats that show no source.
  func plainText(explainCommand: String?) -> String {
    var text = headline
    if let environment { text += " (in environment `\(environment)`)" }
    for note in notes { text += "\nnote: \(note)" }
    for advice in help { text += "\nhelp: \(advice)" }
    for fix in fixIts where !help.contains(fix.title) { text += "\n\(fix.safety.word): \(fix.title)" }
    if let explainCommand { text += "\nsee: \(explainCommand) \(code)" }
    return text
  }
}

extension SourceFile {
  /// Whether the name is a path, and not what stands for standard input.
  var isOnDisk: Bool { !name.hasPrefix("<") }

  /// The path as it is written from the root of a checkout, where CI runs.
  var relativePath: String {
    var path = name[...]
    while path.hasPrefix("./") { path = path.dropFirst(2).drop { $0 == "/" } }
    return String(path)
  }
}
