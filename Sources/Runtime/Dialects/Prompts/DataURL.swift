import NIOCore

/// A `data:` URL with Base64 (RFC 2397), as the inside of a JSON string.
enum DataURL {
  /// Where media type and data stand; `nil` for another URL or another encoding.
  static func parts(_ node: JSONNode, of tree: JSONTree) -> (mediaType: Range<Int>, data: Range<Int>)? {
    let bytes = tree.text.readableBytesUInt8Span
    let range = tree.contentRange(node)
    let scheme: StaticString = "data:"
    guard range.count > scheme.utf8CodeUnitCount else { return nil }
    for offset in 0..<scheme.utf8CodeUnitCount
    where bytes[range.lowerBound + offset] | 0x20 != scheme.utf8Start[offset] | 0x20 { return nil }
    let start = range.lowerBound + scheme.utf8CodeUnitCount
    // A media type has parameters before `;base64`; what matters is the part up to the first semicolon.
    guard let comma = (start..<range.upperBound).first(where: { bytes[$0] == UInt8(ascii: ",") }) else { return nil }
    let mark: StaticString = ";base64"
    guard comma - start >= mark.utf8CodeUnitCount else { return nil }
    for offset in 0..<mark.utf8CodeUnitCount
    where bytes[comma - mark.utf8CodeUnitCount + offset] != mark.utf8Start[offset] { return nil }
    let end = (start..<comma).first { bytes[$0] == UInt8(ascii: ";") } ?? comma
    return (start..<end, comma + 1..<range.upperBound)
  }
}
