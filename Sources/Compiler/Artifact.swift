public import Emitters

/// One compiled file.
public struct Artifact: Hashable, Sendable {
  /// The path below the output folder, parts joined by `/`, such as `kubernetes/deployment.yaml`.
  public let path: String
  /// The content, with the place in the spec that each line came from.
  public let text: EmittedText

  /// Makes an artifact. The path is relative and has no `.` or `..` in it.
  public init(path: String, text: EmittedText) {
    self.path = path
    self.text = text
  }
}
