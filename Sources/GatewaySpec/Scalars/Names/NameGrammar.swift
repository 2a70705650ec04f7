/// The shape of a kind of name, as data: which characters, which at the edges, how many.
struct NameGrammar: Sendable {
  /// Characters allowed anywhere but at the edges.
  let inside: ASCIISet
  /// Characters allowed at the start.
  let first: ASCIISet
  /// Characters allowed at the end.
  let last: ASCIISet
  /// `inside` in words: "lower-case letters, digits and `-`".
  let insideWords: String
  /// `first` and `last` in words: "a lower-case letter or a digit".
  let edgeWords: String
  /// The most characters the whole may have.
  let maximumLength: Int
  /// The character between parts, each of which starts and ends as the whole does.
  var separator: UInt8?
  /// The most characters a part may have.
  var maximumPartLength = Int.max

  /// Whether the bytes are such a name.
  func matches(_ bytes: Span<UInt8>) -> Bool {
    guard !bytes.isEmpty, bytes.count <= maximumLength else { return false }
    var start = 0
    for index in bytes.indices where bytes[index] == separator {
      guard matchesPart(bytes, start, index) else { return false }
      start = index + 1
    }
    return matchesPart(bytes, start, bytes.count)
  }

  private func matchesPart(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start < end, end - start <= maximumPartLength else { return false }
    guard first.contains(bytes[start]), last.contains(bytes[end - 1]) else { return false }
    for index in start..<end where !inside.contains(bytes[index]) { return false }
    return true
  }

  /// The first thing that is wrong with a text that does not match, and the bytes it is about.
  func fault(in text: String) -> (reason: String, range: Range<Int>?)? {
    let length = text.utf8.count
    if length > maximumLength {
      return ("it has \(length) characters, \(maximumLength) are allowed", maximumLength..<length)
    }
    var offset = 0
    for scalar in text.unicodeScalars {
      let range = offset..<offset + UTF8.width(scalar)
      offset = range.upperBound
      if scalar.isASCII, inside.contains(UInt8(scalar.value)) || UInt8(scalar.value) == separator { continue }
      let character = scalar == " " ? "a space" : ScalarMistake.quote(String(scalar))
      return ("\(character) cannot stand in it, only \(insideWords) can", range)
    }
    return faultOfParts(in: text)
  }

  private func faultOfParts(in text: String) -> (reason: String, range: Range<Int>?)? {
    var start = 0
    let parts = text.utf8.split(maxSplits: .max, omittingEmptySubsequences: false) { $0 == separator }
    for part in parts {
      let range = start..<start + part.count
      start = range.upperBound + 1
      guard let head = part.first, let tail = part.last else { return ("a part between two dots is empty", nil) }
      if part.count > maximumPartLength {
        return ("a part of it has \(part.count) characters, \(maximumPartLength) are allowed", range)
      }
      let whole = parts.count == 1 ? "it" : "each part"
      if !first.contains(head) {
        return ("\(whole) must start with \(edgeWords)", range.lowerBound..<range.lowerBound + 1)
      }
      if !last.contains(tail) {
        return ("\(whole) must end with \(edgeWords)", range.upperBound - 1..<range.upperBound)
      }
    }
    return nil
  }

  /// A text near to this one that is likely to match: lower case where only that is allowed, `-` for what is not
  /// allowed, and no such thing at the edges.
  func repaired(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      let lowered = byte.isASCIIUppercase ? byte | 0x20 : byte
      if inside.contains(byte) || byte == separator {
        bytes.append(byte)
      } else if inside.contains(lowered) {
        bytes.append(lowered)
      } else if bytes.last != 0x2D {
        bytes.append(inside.contains(0x2D) ? 0x2D : 0x5F)
      }
    }
    while let byte = bytes.last, !last.contains(byte) { bytes.removeLast() }
    return String(decoding: bytes.drop { !first.contains($0) }, as: UTF8.self)
  }
}

/// A name that one grammar describes.
protocol GrammaticalName: DiagnosedScalar, TextScalar {
  static var grammar: NameGrammar { get }
  init(checked text: String)
}

extension GrammaticalName {
  static func read(_ text: String) -> Self? {
    grammar.matches(text.utf8.span) ? Self(checked: text) : nil
  }

  static func explain(_ text: String) -> ScalarMistake {
    let fault = grammar.fault(in: text)
    return mistake(
      text, fault?.reason ?? "it is malformed", write: grammar.repaired(text), at: fault?.range)
  }
}
