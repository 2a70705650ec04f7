/// Why a text is not the scalar that was expected, and what to write instead.
public struct ScalarMistake: Error, Hashable, Sendable {
  /// The finding, a whole sentence that starts in lower case and has no full stop, such as
  /// "`40` is not a duration: it has no unit".
  public let headline: String
  /// What to do, such as "write `40s`".
  public let help: String?
  /// The text for a fix, where one is obvious.
  public let replacement: String?
  /// Whether the replacement keeps the meaning without doubt.
  public let isSafe: Bool
  /// The part of the text at fault, in UTF-8 offsets. Nil when it is the whole text.
  public let range: Range<Int>?

  /// Makes a mistake.
  public init(
    headline: String, help: String? = nil, replacement: String? = nil, isSafe: Bool = false, range: Range<Int>? = nil
  ) {
    self.headline = headline
    self.help = help
    self.replacement = replacement
    self.isSafe = isSafe
    self.range = range
  }
}
