/// When output is coloured, as the user asks on the command line.
public enum ColourPolicy: String, CaseIterable, Sendable {
  /// If the environment or the terminal says so.
  case auto
  /// Whatever the environment says.
  case always
  /// Under no circumstances.
  case never

  /// What decides when the user leaves it open. All values are handed in, nothing is read from the process.
  public struct Circumstances: Sendable {
    /// `NO_COLOR`: any text turns colour off (no-color.org).
    public var noColor: String?
    /// `FORCE_COLOR`: turns colour on, `0` and `false` turn it off.
    public var forceColor: String?
    /// `CLICOLOR_FORCE`: any text but `0` turns colour on (bixense.com/clicolors).
    public var cliColorForce: String?
    /// `CLICOLOR`: `0` turns colour off.
    public var cliColor: String?
    /// `TERM`: `dumb` stands for a terminal that knows no colour.
    public var term: String?
    /// Whether the output goes to a terminal.
    public var isTerminal: Bool

    /// Takes the values of the environment through a look-up.
    public init(isTerminal: Bool, variable: (String) -> String? = { _ in nil }) {
      self.isTerminal = isTerminal
      noColor = variable("NO_COLOR")
      forceColor = variable("FORCE_COLOR")
      cliColorForce = variable("CLICOLOR_FORCE")
      cliColor = variable("CLICOLOR")
      term = variable("TERM")
    }
  }

  /// Whether to colour. An empty variable counts as unset. `NO_COLOR` wins over those that force, these over the terminal.
  public func usesColour(_ circumstances: Circumstances) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    func value(_ text: String?) -> String? { text?.isEmpty == false ? text : nil }
    if value(circumstances.noColor) != nil { return false }
    if let force = value(circumstances.forceColor) { return force != "0" && force != "false" }
    if let force = value(circumstances.cliColorForce), force != "0" { return true }
    if circumstances.cliColor == "0" || circumstances.term == "dumb" { return false }
    return circumstances.isTerminal
  }
}
