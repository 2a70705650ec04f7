/// Makes an edited copy of a tree, as the overlays of environments need: new collections over nodes that are there.
///
/// Ids of the original tree stay valid in the copy.
public struct YAMLTreeEditor: Sendable {
  private let tree: YAMLTree
  private var records: [YAMLRecord]
  private var children: [Int32]

  /// Starts from a tree without changes.
  public init(_ tree: YAMLTree) {
    self.tree = tree
    records = tree.records
    children = tree.children
  }

  /// Adds a mapping. `model` gives its span, whether it is flow, and whether it is incomplete.
  public mutating func makeMapping(_ entries: [YAMLEntry], like model: YAMLNode) -> YAMLNode {
    let first = children.count
    children.reserveCapacity(first + 2 * entries.count)
    for entry in entries {
      children.append(entry.key.rawValue)
      children.append(entry.value.rawValue)
    }
    return add(YAMLRecord.mapping, first: first, count: entries.count, like: model)
  }

  /// Adds a sequence. `model` gives its span, whether it is flow, and whether it is incomplete.
  public mutating func makeSequence(_ elements: [YAMLNode], like model: YAMLNode) -> YAMLNode {
    let first = children.count
    children.append(contentsOf: elements.lazy.map(\.rawValue))
    return add(YAMLRecord.sequence, first: first, count: elements.count, like: model)
  }

  /// The edited tree.
  public func finish(root: YAMLNode) -> YAMLTree {
    YAMLTree(
      file: tree.file, root: root, records: records, children: children, source: tree.source, cooked: tree.cooked,
      tags: tree.tags, anchors: tree.anchors)
  }

  private mutating func add(_ kind: UInt32, first: Int, count: Int, like model: YAMLNode) -> YAMLNode {
    let like = records[Int(model.rawValue)]
    records.append(
      YAMLRecord(
        start: like.start, end: like.end, first: UInt32(first), count: UInt32(count),
        bits: kind | like.bits & (YAMLRecord.isFlow | YAMLRecord.isIncomplete)))
    return YAMLNode(rawValue: Int32(records.count - 1))
  }
}
