import SourceDiagnostics

/// The anchor and the tag before a value, as places. libyaml's events begin with them; a span does not.
struct NodeProperties {
  private(set) var tag: Range<Int>?
  private(set) var valueStart: Int

  /// Reads them from `start` on; `end` is where the event ends.
  init(_ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) {
    var offset = start
    while offset < end {
      let byte = source[offset]
      if byte == UInt8(ascii: "&") {
        offset += 1
        while offset < end, source[offset].isNameByte { offset += 1 }
      } else if byte == UInt8(ascii: "!") {
        let tagStart = offset
        let isVerbatim = offset + 1 < end && source[offset + 1] == UInt8(ascii: "<")
        while offset < end, !NodeProperties.endsTag(source[offset], isVerbatim) { offset += 1 }
        if isVerbatim, offset < end, source[offset] == UInt8(ascii: ">") { offset += 1 }
        if tag == nil { tag = tagStart..<offset }
      } else {
        break
      }
      offset = NodeProperties.skippingSpacesAndComments(source, offset, end)
    }
    valueStart = offset
  }

  private static func endsTag(_ byte: UInt8, _ isVerbatim: Bool) -> Bool {
    if isVerbatim { return byte == UInt8(ascii: ">") || byte.isSpace }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"): return true
    default: return byte.isSpace
    }
  }

  private static func skippingSpacesAndComments(
    _ source: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) -> Int {
    var offset = source.skippingSpaces(start, limit: end)
    while offset > start, offset < end, source[offset] == UInt8(ascii: "#") {
      offset = source.skippingSpaces(min(source.lineEnd(offset), end), limit: end)
    }
    return offset
  }
}

extension TreeBuilder {
  private static let coreTags: Set<String> = [
    "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:null", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
  ]

  /// Keeps the anchor and the tag of a node that was just added. A tag outside of the core schema is reported and dropped.
  mutating func addProperties(
    anchor: String?, tag: String?, at properties: NodeProperties, to node: Int32, isOpen: Bool
  ) {
    if let anchor { addAnchor(anchor, to: node, isOpen: isOpen) }
    guard let tag else { return }
    if TreeBuilder.coreTags.contains(tag) {
      tags[node] = tag
      records[Int(node)].bits |= YAMLRecord.hasTag
    } else if let range = properties.tag {
      let place = span(range.lowerBound, range.upperBound)
      let rest = source.skippingSpaces(range.upperBound, limit: source.lineEnd(range.upperBound))
      let deletion = span(range.lowerBound, rest)
      report { YAMLMistakes.unknownTag($0.file.text(of: place), at: place, deletion: deletion) }
    }
  }
}
