public import Emitters
public import SourceDiagnostics

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

  /// The content in UTF-8, for those who know nothing of emitters.
  public var bytes: [UInt8] { text.bytes }
  /// The place in the spec of each line, in order; `nil` for a line that no place asked for.
  public var lineOrigins: [SourceSpan?] { text.lineOrigins }
}
