public import SourceDiagnostics

extension YAMLTree {
  /// Some comments of the file, each with what it stands above: an entry of a mapping or an element of a sequence, to the
  /// end of its value. Computed on each call; takes the time of a sort if there is such a comment, else that of a look at
  /// the file.
  public func commentsWithScope(where isWanted: (YAMLComment) -> Bool) -> [SourceComment] {
    let comments = comments().filter(isWanted)
    if comments.isEmpty { return [] }
    let places = OutermostPlaces(entriesAndElements())
    let contentStart = root.map { span(of: $0).start } ?? file.bytes.count
    return comments.map { comment in
      SourceComment(
        span: comment.span, textStart: comment.span.start + 1, isWholeLine: comment.isWholeLine,
        below: comment.isWholeLine ? places.first(behind: comment.span.end) : nil,
        isBeforeContent: comment.span.end <= contentStart)
    }
  }

  private func entriesAndElements() -> [SourceSpan] {
    var places: [SourceSpan] = []
    places.reserveCapacity(records.count)
    for raw in records.indices {
      let node = YAMLNode(rawValue: Int32(raw))
      for index in 0..<entryCount(of: node) {
        let entry = entry(of: node, at: index)
        let (key, value) = (span(of: entry.key), span(of: entry.value))
        // The value of an alias stands elsewhere, before its key.
        places.append(value.start >= key.end ? key.union(value) : key)
      }
      for index in 0..<elementCount(of: node) { places.append(span(of: element(of: node, at: index))) }
    }
    return places
  }
}
