import SourceDiagnostics

/// The text that a writer is building. It notes an origin for every line that ends.
struct LineBuffer {
  private(set) var bytes: [UInt8] = []
  private(set) var lineOrigins: [SourceSpan?] = []
  /// The origin of the line being written. It stays until somebody sets another.
  var lineOrigin: SourceSpan?

  var emitted: EmittedText { EmittedText(bytes: bytes, lineOrigins: lineOrigins) }

  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: String) {
    append(text.utf8Span.span)
  }

  mutating func append(_ part: Span<UInt8>) {
    part.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  mutating func insert(_ text: StaticString, at offset: Int) {
    text.withUTF8Buffer { bytes.insert(contentsOf: $0, at: offset) }
  }

  mutating func pad(_ columns: Int) {
    for _ in 0..<columns { bytes.append(UInt8(ascii: " ")) }
  }

  mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    lineOrigins.append(lineOrigin)
  }

  /// Writes `#` lines. The first starts where the text stands; behind the last, the next line is begun with `indent`.
  ///
  /// A comment must not be able to break out of its line, so every kind of line break starts a new `#` line, and other
  /// control characters are replaced.
  mutating func appendComment(_ comment: String?, indent: Int) {
    guard let comment else { return }
    for line in comment.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      append(UInt8(ascii: "#"))
      if !line.isEmpty { append(UInt8(ascii: " ")) }
      for scalar in line.unicodeScalars {
        let isPrintable = scalar.isPrintable || scalar == "\t"
        bytes.append(contentsOf: UTF8.encode(isPrintable ? scalar : "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
      }
      endLine()
      pad(indent)
    }
  }

  /// Writes `\"`, `\n`, `\u2028` and the like: the escapes that JSON, YAML and HCL have in common.
  mutating func appendEscape(_ scalar: Unicode.Scalar) {
    append(UInt8(ascii: "\\"))
    switch scalar {
    case "\"", "\\": append(UInt8(truncatingIfNeeded: scalar.value))
    case "\n": append(UInt8(ascii: "n"))
    case "\r": append(UInt8(ascii: "r"))
    case "\t": append(UInt8(ascii: "t"))
    default:
      append(UInt8(ascii: "u"))
      for shift in [12, 8, 4, 0] as [UInt32] {
        let digit = UInt8(truncatingIfNeeded: scalar.value >> shift & 0xF)
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it may stand unescaped in a YAML file without being a blank or a line break (YAML 1.1 5.1, 1.2.2 5.1).
  ///
  /// Scalars that are not lie in the basic plane, so four hexadecimal digits name them.
  var isPrintable: Bool {
    switch value {
    case 0x20...0x7E: true
    case 0x00...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
  }
}
