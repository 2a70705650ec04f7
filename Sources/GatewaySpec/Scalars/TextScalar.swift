/// A scalar that is nothing but its text, checked. Two of them are equal when their texts are; they sort as text.
public protocol TextScalar: SpecScalar, Comparable {
  /// The text as it was written.
  var text: String { get }
}

extension TextScalar {
  /// The text as it was written.
  public var description: String { text }

  /// Whether one text sorts before the other.
  public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
