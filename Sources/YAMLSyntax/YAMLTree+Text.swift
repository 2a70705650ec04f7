extension YAMLTree {
  /// Gives the text of a scalar to `body` as UTF-8, without a copy; an empty buffer for a collection.
  ///
  /// The buffer is valid only during the call.
  @inlinable
  public func withText<Result>(of node: YAMLNode, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let record = record(node)
    guard record.isScalar, record.count > 0 else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let range = Int(record.first)..<Int(record.first) + Int(record.count)
    return record.has(YAMLRecord.isCooked)
      ? cooked.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
      : source.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The text of a scalar after unquoting, unescaping and folding; empty for a collection.
  @inlinable
  public func text(of node: YAMLNode) -> String {
    withText(of: node) { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether the node is a scalar of exactly this text. Allocates nothing.
  @inlinable
  public func text(of node: YAMLNode, equals other: StaticString) -> Bool {
    let record = record(node)
    guard record.isScalar, Int(record.count) == other.utf8CodeUnitCount else { return false }
    return withText(of: node) { text in
      other.withUTF8Buffer { other in
        for index in 0..<min(text.count, other.count) where text[index] != other[index] { return false }
        return true
      }
    }
  }

  /// Whether the node means null in YAML 1.2's core schema: plain and without a tag, and empty, `~`, `null`, `Null` or
  /// `NULL`; or tagged `!!null`.
  @inlinable
  public func isNull(_ node: YAMLNode) -> Bool {
    let record = record(node)
    guard record.isScalar, record.isPlain else { return false }
    if record.has(YAMLRecord.hasTag) { return tag(of: node) == "tag:yaml.org,2002:null" }
    switch record.count {
    case 0: return true
    case 1: return text(of: node, equals: "~")
    case 4:
      return text(of: node, equals: "null") || text(of: node, equals: "Null") || text(of: node, equals: "NULL")
    default: return false
    }
  }
}
