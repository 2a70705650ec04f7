/// A node of a ``YAMLTree``: an id that only means something together with its tree.
@frozen
public struct YAMLNode: Hashable, Sendable {
  /// The position of the node in its tree's arena, from 0.
  public let rawValue: Int32

  @inlinable
  init(rawValue: Int32) {
    self.rawValue = rawValue
  }
}

/// What a node is.
@frozen
public enum YAMLNodeKind: UInt8, Sendable {
  /// A text, which a schema reads as a string, a number, a boolean or null.
  case scalar
  /// A list.
  case sequence
  /// A list of entries of a key and a value.
  case mapping
}

/// How a scalar is written.
@frozen
public enum YAMLScalarStyle: UInt8, Sendable {
  /// Without quotes. The only style in which a schema looks for numbers, booleans and null.
  case plain
  /// `'…'`
  case singleQuoted
  /// `"…"`
  case doubleQuoted
  /// A block after `|`.
  case literal
  /// A block after `>`.
  case folded
}

/// One entry of a mapping.
@frozen
public struct YAMLEntry: Hashable, Sendable {
  /// The key. Always a scalar in a tree that ``YAMLParser`` made.
  public let key: YAMLNode
  /// The value; an empty scalar if none is written.
  public let value: YAMLNode

  /// Pairs a key and a value of one tree.
  @inlinable
  public init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}
