public import SourceDiagnostics

/// A written file together with the place in the spec that each of its lines came from.
public struct EmittedText: Hashable, Sendable {
  /// The content in UTF-8. Lines end with LF, the last one too.
  public let bytes: [UInt8]
  /// One element a line, in order; `nil` for a line that no place in the spec asked for.
  public let lineOrigins: [SourceSpan?]

  /// Pairs a text with the origins of its lines; there must be as many origins as line feeds.
  public init(bytes: [UInt8], lineOrigins: [SourceSpan?]) {
    self.bytes = bytes
    self.lineOrigins = lineOrigins
  }

  /// The content as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
