/// Reads a line, or the parts of a very long one that are near the places in focus, into its characters.
struct LineReader {
  /// A character with its place.
  struct Piece {
    let offset: Int
    let length: Int
    let text: String
    /// In columns; for a tab the most that it can take.
    let width: Int
    let isTab: Bool
  }

  let characters: DisplayCharacters
  let ellipsisWidth: Int
  private(set) var pieces: [Piece] = []

  /// Lines with more bytes than this are only read near the places in focus.
  private static let longestRead = 4096

  init(_ bytes: [UInt8], _ range: Range<Int>, focus: [Range<Int>], available: Int, characters: DisplayCharacters) {
    self.characters = characters
    ellipsisWidth = characters.width(of: characters.ellipsis)
    for part in Self.parts(bytes, range, focus, available) { read(bytes, part) }
  }

  private static func parts(
    _ bytes: [UInt8], _ range: Range<Int>, _ focus: [Range<Int>], _ available: Int
  ) -> [Range<Int>] {
    if range.count <= longestRead { return [range] }
    // Four bytes are the most that a character takes.
    let reach = 4 * available
    let points = focus.isEmpty ? [range.lowerBound] : focus.flatMap { [$0.lowerBound, $0.upperBound] }.sorted()
    var parts: [Range<Int>] = []
    for point in points {
      let wanted = ((point - reach)..<(point + reach)).clamped(to: range)
      var start = wanted.lowerBound
      while start > range.lowerBound, wanted.lowerBound - start < 3, bytes[start] & 0xC0 == 0x80 { start -= 1 }
      if let last = parts.last, start <= last.upperBound {
        parts[parts.count - 1] = last.lowerBound..<max(last.upperBound, wanted.upperBound)
      } else {
        parts.append(start..<max(start, wanted.upperBound))
      }
    }
    return parts
  }

  private mutating func read(_ bytes: [UInt8], _ part: Range<Int>) {
    var previous: Unicode.Scalar?
    var offset = part.lowerBound
    while offset < part.upperBound {
      let (scalar, length) = UTF8Scalar.decode(bytes, at: offset)
      if scalar == "\t" {
        pieces.append(Piece(offset: offset, length: length, text: "", width: 4, isTab: true))
      } else {
        let form = characters.form(of: scalar, after: previous)
        var text = ""
        form.append(scalar, to: &text)
        pieces.append(Piece(offset: offset, length: length, text: text, width: form.width, isTab: false))
      }
      previous = scalar
      offset += length
    }
  }
}

/// Reads UTF-8 that may be broken.
enum UTF8Scalar {
  /// The scalar that begins at `offset`, which must be in range, and its length; U+FFFD of length 1 where none begins.
  static func decode(_ bytes: [UInt8], at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for byte in bytes[(offset + 1)..<(offset + length)] {
      guard byte & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    // Overlong forms and surrogates are not scalars.
    let least: UInt32 = length == 4 ? 0x1_0000 : length == 3 ? 0x800 : 0x80
    guard value >= least, let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }
}
