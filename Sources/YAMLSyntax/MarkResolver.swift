/// Turns the positions of libyaml, which count Unicode scalars, into byte offsets.
///
/// Within a run of ASCII the two differ by a constant. The resolver keeps the run of the last answer and looks for the next
/// one only when a position lies behind it; positions come in order, now and then a little back, so the whole is linear.
struct MarkResolver {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The first and the last position of the run, and the byte offset less the position within it.
  private var first = 0
  private var last: Int
  private var shift: Int

  /// Counts from the byte offset `base`. `isASCII` says that the whole file is one run.
  init(_ bytes: UnsafeBufferPointer<UInt8>, base: Int, isASCII: Bool) {
    self.bytes = bytes
    shift = base
    last = isASCII ? bytes.count - base : 0
    if !isASCII { last = runEnd(base) - base }
  }

  /// The byte offset of a position, cut off at the end of the file.
  @inline(__always)
  mutating func offset(_ position: Int) -> Int {
    if position >= first, position <= last { return position + shift }
    return position < first ? walkBack(to: position) : walk(to: position)
  }

  private mutating func walk(to position: Int) -> Int {
    while position > last {
      var byte = last + shift
      guard byte < bytes.count else { return bytes.count }
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      first = last + 1
      shift = byte - first
      last = runEnd(byte) - shift
    }
    return position + shift
  }

  /// A position before the run. The run stays as it is: the next position is ahead again.
  private func walkBack(to position: Int) -> Int {
    var byte = first + shift
    var scalar = first
    while scalar > position, byte > 0 {
      byte -= 1
      if bytes[byte] & 0xC0 != 0x80 { scalar -= 1 }
    }
    return byte
  }

  /// The first byte from `offset` on that is not ASCII.
  private func runEnd(_ offset: Int) -> Int {
    var end = offset
    let raw = UnsafeRawBufferPointer(bytes)
    while bytes.count - end >= 8,
      raw.loadUnaligned(fromByteOffset: end, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
    {
      end += 8
    }
    while end < bytes.count, bytes[end] < 0x80 { end += 1 }
    return end
  }
}
