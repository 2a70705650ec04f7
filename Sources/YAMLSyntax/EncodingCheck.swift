/// Finds the bytes that libyaml would refuse, before it reads them: it decodes far ahead, so that its own error would
/// take away good text before the bad place.
struct EncodingCheck {
  /// Why a place is refused.
  enum Reason {
    /// Bytes that are no UTF-8.
    case notUTF8
    /// A character that YAML does not allow, such as NUL or U+FEFF within the text.
    case notAllowed(UInt32)
  }

  /// Whether all bytes are ASCII.
  private(set) var isASCII = true
  /// The refused places in order, the first ``maximumPlaces`` of them; they do not touch each other's bytes.
  private(set) var places: [(range: Range<Int>, reason: Reason)] = []
  /// Whether there are more places than kept. Such a file is hardly text.
  private(set) var isHopeless = false
  private static let maximumPlaces = 50

  /// Checks `bytes` from `start` on.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    var offset = start
    while offset < bytes.count {
      let blockEnd = min(offset + 32, bytes.count)
      if EncodingCheck.isPlainText(bytes, offset..<blockEnd) {
        offset = blockEnd
        continue
      }
      while offset < blockEnd {
        if bytes[offset] >= 0x80 { isASCII = false }
        let (length, reason) = EncodingCheck.character(bytes, offset)
        if let reason, !note(offset..<offset + length, reason) { return }
        offset += length
      }
    }
  }

  /// Whether all bytes are printable ASCII, tabs or line breaks. Written so that it becomes vector instructions.
  private static func isPlainText(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    var bad: UInt8 = 0
    for byte in UnsafeBufferPointer(rebasing: bytes[range]) {
      let isControl: UInt8 = byte < 0x20 ? 1 : 0
      let isBreak: UInt8 = byte == 0x0A || byte == 0x0D || byte == 0x09 ? 1 : 0
      let isHigh: UInt8 = byte > 0x7E ? 1 : 0
      bad |= (isControl & ~isBreak) | isHigh
    }
    return bad == 0
  }

  /// Keeps a place; one directly behind another of the same kind of bad bytes widens it. `false` if there are too many.
  private mutating func note(_ range: Range<Int>, _ reason: Reason) -> Bool {
    if case .notUTF8 = reason, let last = places.last, last.range.upperBound == range.lowerBound,
      case .notUTF8 = last.reason
    {
      places[places.count - 1].range = last.range.lowerBound..<range.upperBound
      return true
    }
    guard places.count < EncodingCheck.maximumPlaces else {
      isHopeless = true
      return false
    }
    places.append((range, reason))
    return true
  }

  /// The length of the character at `offset` and why it is refused, if it is. The allowed set is that of libyaml's reader.
  private static func character(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> (Int, Reason?) {
    let lead = bytes[offset]
    if lead < 0x80 {
      let isAllowed = lead == 0x09 || lead == 0x0A || lead == 0x0D || (0x20...0x7E).contains(lead)
      return (1, isAllowed ? nil : .notAllowed(UInt32(lead)))
    }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard (0xC2...0xF4).contains(lead), offset + length <= bytes.count else { return (1, .notUTF8) }
    var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
    for next in offset + 1..<offset + length {
      guard bytes[next] & 0xC0 == 0x80 else { return (1, .notUTF8) }
      value = value << 6 | UInt32(bytes[next] & 0x3F)
    }
    let smallest: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard value >= smallest, Unicode.Scalar(value) != nil else { return (1, .notUTF8) }
    switch value {
    case 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: return (length, nil)
    default: return (length, .notAllowed(value))
    }
  }
}
