/// Turns findings into text of one format.
public protocol DiagnosticRenderer: Sendable {
  /// The name by which users ask for the format.
  var name: String { get }
  /// What the format is for, in a few words.
  var summary: String { get }

  /// The findings in the order given, each once; every line ends with LF.
  func render(_ diagnostics: [Diagnostic], of sources: SourceMap, options: RenderingOptions) -> String
}

/// All formats that findings can be written in. A new one is one file and one line here.
public enum RendererCatalog {
  /// The formats in the order in which help lists them; the first is the default.
  public static let all: [any DiagnosticRenderer] = [
    TextRenderer(),
    ConciseRenderer(),
    JSONRenderer(),
    SARIFRenderer(),
    GitHubRenderer(),
    GitLabRenderer(),
    JUnitRenderer(),
  ]

  /// The format of a name.
  public static func renderer(named name: String) -> (any DiagnosticRenderer)? {
    all.first { $0.name == name }
  }
}
