import NIOCore

/// A range of a body and what stands there in its place.
struct BodyEdit {
  /// Where; empty for an insertion.
  let range: Range<Int>
  /// What.
  let replacement: [UInt8]

  /// A body with ranges replaced, in pieces that share the memory of the original. The edits are in order and apart.
  static func apply(_ edits: [BodyEdit], to body: ByteBuffer) -> [ByteBuffer] {
    var pieces: [ByteBuffer] = []
    pieces.reserveCapacity(2 * edits.count + 1)
    var start = 0
    for edit in edits {
      if let kept = body.getSlice(at: body.readerIndex + start, length: edit.range.lowerBound - start),
        kept.readableBytes > 0
      {
        pieces.append(kept)
      }
      pieces.append(ByteBuffer(bytes: edit.replacement))
      start = edit.range.upperBound
    }
    if let rest = body.getSlice(at: body.readerIndex + start, length: body.readableBytes - start) {
      pieces.append(rest)
    }
    return pieces
  }
}
