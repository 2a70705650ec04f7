extension [UInt8] {
  /// Appends a text that is part of the program, which costs a quarter of what appending a string does.
  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }
}
