/// Identifies one file of a run. Ids are given out by ``SourceMap`` in the order in which files are added.
public struct SourceFileID: Hashable, Comparable, Sendable {
  /// The position of the file in its ``SourceMap``, from 0.
  public let rawValue: UInt32

  /// Makes the id of the file at a position of its ``SourceMap``.
  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// In the order in which the files were added.
  @inlinable
  public static func < (left: SourceFileID, right: SourceFileID) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// A place in a source file: a half-open range of UTF-8 byte offsets. An empty range is a point between two bytes.
///
/// Nothing else is stored; ``LineTable`` turns an offset into a line and a column when a person has to read it.
public struct SourceSpan: Hashable, Comparable, Sendable {
  /// The file that the offsets count in.
  public let file: SourceFileID
  @usableFromInline let lower: UInt32
  @usableFromInline let upper: UInt32

  /// Makes a span. A range that ends before it starts becomes a point at its start; offsets past 4 GiB are clamped.
  @inlinable
  public init(file: SourceFileID, start: Int, end: Int) {
    self.file = file
    lower = UInt32(clamping: start)
    upper = UInt32(clamping: max(start, end))
  }

  /// Offset of the first byte.
  @inlinable public var start: Int { Int(lower) }
  /// Offset behind the last byte.
  @inlinable public var end: Int { Int(upper) }
  /// Length in bytes.
  @inlinable public var length: Int { Int(upper - lower) }
  /// The same place as a range of byte offsets.
  @inlinable public var range: Range<Int> { start..<end }

  /// The point before the first byte.
  @inlinable public var startPoint: SourceSpan { SourceSpan(file: file, start: start, end: start) }
  /// The point behind the last byte.
  @inlinable public var endPoint: SourceSpan { SourceSpan(file: file, start: end, end: end) }

  /// The smallest span that holds both. Both must be in one file; if they are not, the answer is `self`.
  @inlinable
  public func union(_ other: SourceSpan) -> SourceSpan {
    guard file == other.file else { return self }
    return SourceSpan(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  /// Order of appearance: file, start, end.
  @inlinable
  public static func < (left: SourceSpan, right: SourceSpan) -> Bool {
    (left.file, left.lower, left.upper) < (right.file, right.lower, right.upper)
  }
}
