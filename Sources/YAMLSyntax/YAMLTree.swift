public import SourceDiagnostics

/// A YAML document in which every key and every value knows the bytes it is written in.
///
/// A node is an id; the tree answers what it is. All nodes lie in a few flat arrays, and a scalar whose text stands in the
/// file as it is means is not copied. An alias is resolved: the node of its anchor stands in its place too.
///
/// Spans: a quoted scalar with its quotes; a block scalar from `|` or `>` to its last line that is not blank; a flow
/// collection from bracket to bracket; a block collection from its first child to its last; an empty value is a point
/// behind its colon or dash. Anchors and tags stand before the span.
///
/// Passing a node of another tree to any method is a programmer's error.
public final class YAMLTree: Sendable {
  /// The file that was read.
  public let file: SourceFile
  /// The document, or `nil` if the file has none.
  public let root: YAMLNode?
  @usableFromInline let records: [YAMLRecord]
  @usableFromInline let children: [Int32]
  /// The bytes that were parsed: those of the file, with `_` for what YAML does not allow.
  @usableFromInline let source: [UInt8]
  /// Texts that differ from how they are written, one behind the other.
  @usableFromInline let cooked: [UInt8]
  let tags: [Int32: String]
  let anchors: [Int32: String]

  init(
    file: SourceFile, root: YAMLNode?, records: [YAMLRecord], children: [Int32], source: [UInt8], cooked: [UInt8],
    tags: [Int32: String], anchors: [Int32: String]
  ) {
    self.file = file
    self.root = root
    self.records = records
    self.children = children
    self.source = source
    self.cooked = cooked
    self.tags = tags
    self.anchors = anchors
  }

  /// The number of nodes in the arena; a few may not be reachable from ``root``.
  @inlinable public var nodeCount: Int { records.count }

  @inlinable
  func record(_ node: YAMLNode) -> YAMLRecord { records[Int(node.rawValue)] }

  /// Whether the node is a scalar, a sequence or a mapping.
  @inlinable
  public func kind(of node: YAMLNode) -> YAMLNodeKind {
    switch record(node).bits & YAMLRecord.kindMask {
    case YAMLRecord.sequence: .sequence
    case YAMLRecord.mapping: .mapping
    default: .scalar
    }
  }

  /// Where the node is written; see the type for what that holds.
  @inlinable
  public func span(of node: YAMLNode) -> SourceSpan {
    let record = record(node)
    return SourceSpan(file: file.id, start: Int(record.start), end: Int(record.end))
  }

  /// How a scalar is written; `plain` for a collection.
  @inlinable
  public func style(of node: YAMLNode) -> YAMLScalarStyle {
    let bits = record(node).bits
    return YAMLScalarStyle(rawValue: UInt8((bits & YAMLRecord.styleMask) >> YAMLRecord.styleShift)) ?? .plain
  }

  /// Whether the node is a collection in brackets or braces.
  @inlinable
  public func isFlow(_ node: YAMLNode) -> Bool { record(node).has(YAMLRecord.isFlow) }

  /// Whether a mistake cut the node short: entries or elements may be missing, or the text is not what was meant.
  ///
  /// Whoever finds something absent here should not report it again. A syntax error marks all collections around it.
  @inlinable
  public func isIncomplete(_ node: YAMLNode) -> Bool { record(node).has(YAMLRecord.isIncomplete) }

  /// The number of elements of a sequence; 0 for any other node.
  @inlinable
  public func elementCount(of node: YAMLNode) -> Int {
    let record = record(node)
    return record.bits & YAMLRecord.kindMask == YAMLRecord.sequence ? Int(record.count) : 0
  }

  /// An element of a sequence. `index` is in `0..<elementCount(of: node)`.
  @inlinable
  public func element(of node: YAMLNode, at index: Int) -> YAMLNode {
    YAMLNode(rawValue: children[Int(record(node).first) + index])
  }

  /// The number of entries of a mapping; 0 for any other node.
  @inlinable
  public func entryCount(of node: YAMLNode) -> Int {
    let record = record(node)
    return record.isMapping ? Int(record.count) : 0
  }

  /// An entry of a mapping, in the order of the file. `index` is in `0..<entryCount(of: node)`.
  ///
  /// A key that is written twice is there twice, with a diagnostic; only the first one counts.
  @inlinable
  public func entry(of node: YAMLNode, at index: Int) -> YAMLEntry {
    let first = Int(record(node).first) + 2 * index
    return YAMLEntry(key: YAMLNode(rawValue: children[first]), value: YAMLNode(rawValue: children[first + 1]))
  }

  /// The value of the first entry with this key; `nil` if there is none or the node is no mapping. Takes linear time.
  @inlinable
  public func value(of node: YAMLNode, forKey key: StaticString) -> YAMLNode? {
    for index in 0..<entryCount(of: node) {
      let entry = entry(of: node, at: index)
      if text(of: entry.key, equals: key) { return entry.value }
    }
    return nil
  }

  /// The tag of a node in full, such as `tag:yaml.org,2002:str` for `!!str`, or `!`; `nil` if none is written or the one
  /// that is written is not of the core schema, which has a diagnostic and otherwise no effect.
  public func tag(of node: YAMLNode) -> String? {
    record(node).has(YAMLRecord.hasTag) ? tags[node.rawValue] : nil
  }

  /// The name of the node's anchor without `&`, if one is written.
  public func anchor(of node: YAMLNode) -> String? {
    record(node).has(YAMLRecord.hasAnchor) ? anchors[node.rawValue] : nil
  }
}
