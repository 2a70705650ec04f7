/// A comment of a source file and what it stands above, whichever language the file is in.
public struct SourceComment: Hashable, Sendable {
  /// From the sign that opens it to the end of the line, without the line break.
  public let span: SourceSpan
  /// Where its text begins, behind the sign.
  public let textStart: Int
  /// Whether nothing but blanks stands before it on its line.
  public let isWholeLine: Bool
  /// For a comment on a line of its own the next key, item or block with all that is below it; `nil` at the end.
  public let below: SourceSpan?
  /// Whether the file has no content before it.
  public let isBeforeContent: Bool

  /// Describes a comment.
  public init(span: SourceSpan, textStart: Int, isWholeLine: Bool, below: SourceSpan?, isBeforeContent: Bool) {
    self.span = span
    self.textStart = textStart
    self.isWholeLine = isWholeLine
    self.below = below
    self.isBeforeContent = isBeforeContent
  }
}

/// Places of a tree in a file, sorted so that the outermost one behind an offset is found quickly.
public struct OutermostPlaces {
  private let places: [SourceSpan]

  /// Takes places in any order.
  public init(_ places: [SourceSpan]) {
    self.places = places.sorted { ($0.start, -$0.end) < ($1.start, -$1.end) }
  }

  /// Of the places that begin next behind an offset the outermost one.
  public func first(behind offset: Int) -> SourceSpan? {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low < places.count ? places[low] : nil
  }
}
