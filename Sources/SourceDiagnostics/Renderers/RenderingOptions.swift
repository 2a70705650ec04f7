/// How findings are shown. Nothing here is read from the process, so that the same findings always give the same text.
public struct RenderingOptions: Sendable {
  /// Whether escape sequences for colour are written; ``ColourPolicy`` decides.
  public var colour = false
  /// The number of columns to fill, 40 to 1000; text is broken and long lines are cut to it.
  public var width: Int {
    get { columns }
    set { columns = min(max(newValue, 40), 1000) }
  }
  /// The characters that may be written.
  public var characters = DisplayCharacters.unicode
  /// The command that explains a code, without the code; `nil` says nothing of it.
  public var explainCommand: String? = "sluice explain"
  /// The command that applies safe fixes; `nil` while there is none.
  public var fixCommand: String?
  /// Whether the findings are counted at the end.
  public var showsSummary = true
  /// The version of the tool, for formats that name it.
  public var toolVersion: String?
  /// Gives every kind of finding, by code, to formats that describe the kinds beside the findings. The others never ask.
  public var rules: @Sendable () -> [RuleDescription] = { [] }
  /// The severity from which a finding is a failure, for formats that know failures; `nil` for never.
  public var failingSeverity: Severity? = .error
  /// How many findings comments in the files have silenced; they are not among those shown.
  public var suppressedCount = 0
  /// Why inputs could not be read, a line each: a report of machines must not look as if they were clean.
  public var unreadInputs: [String] = []
  private var columns = 100

  /// Plain text of 100 columns.
  public init() {}
}

/// Where the documentation of the tool stands on the web.
public enum DocumentationSite {
  /// The front page.
  public static let front = "https://sluice.dev"

  /// The page of a kind of finding.
  public static func page(of code: DiagnosticCode) -> String { "\(front)/rules/\(code)" }
}
