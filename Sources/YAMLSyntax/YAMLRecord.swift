/// What the arena keeps of one node: 20 bytes without references, so that a tree is a handful of allocations.
@frozen
@usableFromInline
struct YAMLRecord: Sendable {
  /// The span, in bytes of the file.
  @usableFromInline var start: UInt32
  @usableFromInline var end: UInt32
  /// Scalars: where the text begins, in the source or, with ``isCooked``, in the side buffer.
  /// Collections: the index of the first child.
  @usableFromInline var first: UInt32
  /// Scalars: length of the text in bytes. Sequences: elements. Mappings: entries, of two children each.
  @usableFromInline var count: UInt32
  /// Kind, style and the flags below.
  @usableFromInline var bits: UInt32

  @inlinable
  init(start: UInt32, end: UInt32, first: UInt32, count: UInt32, bits: UInt32) {
    self.start = start
    self.end = end
    self.first = first
    self.count = count
    self.bits = bits
  }

  @usableFromInline static let sequence: UInt32 = 1
  @usableFromInline static let mapping: UInt32 = 2
  @usableFromInline static let kindMask: UInt32 = 3
  @usableFromInline static let styleShift: UInt32 = 2
  @usableFromInline static let styleMask: UInt32 = 7 << 2
  @usableFromInline static let isFlow: UInt32 = 1 << 5
  @usableFromInline static let isCooked: UInt32 = 1 << 6
  @usableFromInline static let isIncomplete: UInt32 = 1 << 7
  @usableFromInline static let hasTag: UInt32 = 1 << 8
  @usableFromInline static let hasAnchor: UInt32 = 1 << 9

  @inlinable var isScalar: Bool { bits & YAMLRecord.kindMask == 0 }
  @inlinable var isMapping: Bool { bits & YAMLRecord.kindMask == YAMLRecord.mapping }
  var isBlockScalar: Bool { isScalar && bits & YAMLRecord.styleMask >= 3 << YAMLRecord.styleShift }
  @inlinable var isPlain: Bool { bits & YAMLRecord.styleMask == 0 }
  @inlinable func has(_ flag: UInt32) -> Bool { bits & flag != 0 }
}
