/// Compares names and keywords without regard to case and without making strings.
public enum FieldText {
  /// Whether a text is `expected`, which is lower case.
  public static func matches(_ text: Span<UInt8>, _ expected: StaticString) -> Bool {
    text.count == expected.utf8CodeUnitCount && begins(text, expected)
  }

  /// Whether a text begins with `prefix`, which is lower case.
  public static func begins(_ text: Span<UInt8>, _ prefix: StaticString) -> Bool {
    let count = prefix.utf8CodeUnitCount
    guard text.count >= count else { return false }
    for index in 0..<count where lowercased(text[index]) != prefix.utf8Start[index] { return false }
    return true
  }

  /// Calls back with each element of a comma-separated list, white space around it left out (RFC 9110, 5.6.1).
  static func forEachElement(_ list: Span<UInt8>, _ visit: (Span<UInt8>) -> Void) {
    var start = 0
    while start <= list.count {
      var end = start
      while end < list.count, list[end] != UInt8(ascii: ",") { end += 1 }
      var last = end
      while start < last, ByteClass.isSpace(list[start]) { start += 1 }
      while start < last, ByteClass.isSpace(list[last - 1]) { last -= 1 }
      if start < last { visit(list.extracting(start..<last)) }
      start = end + 1
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
