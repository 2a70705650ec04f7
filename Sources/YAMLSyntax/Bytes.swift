/// The UTF-8 byte order mark.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

extension UInt8 {
  /// Space or tab.
  var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  /// LF or CR. YAML 1.1 knows three more, which editors do not show as line breaks.
  var isLineBreak: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
  /// Blank or line break.
  var isSpace: Bool { isBlank || isLineBreak }
  /// What may stand in an anchor's name (libyaml's IS_ALPHA).
  var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The start of the line that holds `offset`.
  func lineStart(_ offset: Int) -> Int {
    var start = Swift.min(offset, count)
    while start > 0, !self[start - 1].isLineBreak { start -= 1 }
    return start
  }

  /// The end of the line that holds `offset`, before its line break.
  func lineEnd(_ offset: Int) -> Int {
    var end = offset
    while end < count, !self[end].isLineBreak { end += 1 }
    return end
  }

  /// The start of the line behind `offset`, or the end of the file.
  func nextLine(_ offset: Int) -> Int {
    let end = lineEnd(offset)
    guard end < count else { return count }
    let isPair = self[end] == UInt8(ascii: "\r") && end + 1 < count && self[end + 1] == UInt8(ascii: "\n")
    return end + (isPair ? 2 : 1)
  }

  /// The first offset from `offset` on that is no space of any kind, or `limit`.
  func skippingSpaces(_ offset: Int, limit: Int) -> Int {
    var offset = offset
    while offset < limit, self[offset].isSpace { offset += 1 }
    return offset
  }
}
