import Emitters
import SourceDiagnostics

/// A text that is put together line by line, each with its place in the spec.
struct LinedText {
  private var bytes: [UInt8] = []
  private var origins: [SourceSpan?] = []

  /// Adds whole lines.
  mutating func append(_ text: String, from origin: SourceSpan? = nil) {
    let lineFeed = UInt8(ascii: "\n")
    bytes.append(contentsOf: text.utf8)
    bytes.append(lineFeed)
    // Bytes and not characters: a script has a line for each of tens of thousands of secrets.
    for byte in text.utf8 where byte == lineFeed { origins.append(origin) }
    origins.append(origin)
  }

  /// The finished text.
  var emitted: EmittedText { EmittedText(bytes: bytes, lineOrigins: origins) }
}
