/// Tells from one run to the next which finding is the same, though lines above it came or went.
///
/// What counts is the kind, the environment, the text of the line without blanks, and the text that is underlined; equal
/// ones in a file are numbered from the top. Two runs then agree unless the line itself was edited.
struct FindingFingerprint {
  private var lines: LineTableCache
  private var seen: [String: Int] = [:]

  /// The sources should have their credentials concealed: a hash of a short secret would tell the secret.
  init(_ sources: SourceMap) {
    lines = LineTableCache(sources)
  }

  /// The fingerprint of the next finding, in the order in which they are shown: sixteen hexadecimal digits, a colon and
  /// the number, which is the form of GitHub's own.
  mutating func next(_ diagnostic: Diagnostic) -> String {
    let span = diagnostic.primary.span
    var hash = FNV1a()
    hash.combine(diagnostic.code.description)
    hash.combine(diagnostic.environment ?? "")
    var place = ""
    if let (file, table) = lines.lines(of: span.file) {
      place = file.name
      let line = table.content(ofLine: table.line(at: span.start))
      let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
      hash.combine(String(decoding: file.bytes[line].filter { !isBlank($0) }, as: UTF8.self))
      hash.combine(file.text(of: span))
    }
    let text = hash.hexadecimal
    let count = seen[place + text, default: 0] + 1
    seen[place + text] = count
    return "\(text):\(count)"
  }
}
