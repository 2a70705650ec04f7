/// Compares field names without regard to case and without making strings.
enum FieldName {
  /// `expected` is lower case.
  static func matches(_ name: String, _ expected: StaticString) -> Bool {
    name.utf8.count == expected.utf8CodeUnitCount && begins(name, expected)
  }

  /// `prefix` is lower case.
  static func begins(_ name: String, _ prefix: StaticString) -> Bool {
    var index = 0
    let length = prefix.utf8CodeUnitCount
    for byte in name.utf8 {
      if index == length { return true }
      let lower = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
      if lower != prefix.utf8Start[index] { return false }
      index += 1
    }
    return index == length
  }
}
