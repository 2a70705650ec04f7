import Emitters
import SourceDiagnostics

/// A text that is put together line by line, each with its place in the spec.
struct LinedText {
  private var bytes: [UInt8] = []
  private var origins: [SourceSpan?] = []

  /// Adds whole lines.
  mutating func append(_ text: String, from origin: SourceSpan? = nil) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      bytes.append(contentsOf: line.utf8)
      bytes.append(UInt8(ascii: "\n"))
      origins.append(origin)
    }
  }

  /// The finished text.
  var emitted: EmittedText { EmittedText(bytes: bytes, lineOrigins: origins) }
}
