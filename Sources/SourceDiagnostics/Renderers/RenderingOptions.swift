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
  private var columns = 100

  /// Plain text of 100 columns.
  public init() {}
}
