public import SourceDiagnostics

extension PolicyParser {
  /// The comments of a policy in HCL that begin with `#` or `//`, each with what it stands above: a block or an attribute,
  /// to its end. JSON has none.
  public static func comments(of file: SourceFile) -> [SourceComment] {
    if JSONPolicyParser.isJSON(file.bytes) { return [] }
    let (syntax, _) = HCLParser.parse(file.bytes)
    let places = OutermostPlaces(places(of: syntax.items, in: file.id))
    let contentStart = syntax.items.map(\.start).min() ?? file.bytes.count
    return syntax.comments.flatMap(\.comments).compactMap { comment in
      let start = comment.range.lowerBound
      let textStart = start + (file.bytes[start] == UInt8(ascii: "#") ? 1 : 2)
      guard textStart <= comment.range.upperBound, !file.bytes[start...].starts(with: "/*".utf8) else { return nil }
      let isWholeLine =
        file.bytes[..<start].reversed().first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        .map { $0 == UInt8(ascii: "\n") } ?? true
      var end = comment.range.upperBound
      while end > textStart, file.bytes[end - 1] == UInt8(ascii: "\r") || file.bytes[end - 1] == UInt8(ascii: "\n") {
        end -= 1
      }
      return SourceComment(
        span: SourceSpan(file: file.id, start: start, end: end), textStart: textStart, isWholeLine: isWholeLine,
        below: isWholeLine ? places.first(behind: end) : nil, isBeforeContent: end <= contentStart)
    }
  }

  private static func places(of items: [HCLItem], in file: SourceFileID) -> [SourceSpan] {
    items.flatMap { item -> [SourceSpan] in
      let own = SourceSpan(file: file, start: item.range.lowerBound, end: item.range.upperBound)
      switch item.value {
      case .object(let object): return [own] + places(of: object.items, in: file)
      case .list(let list):
        return [own]
          + list.elements.map { SourceSpan(file: file, start: $0.range.lowerBound, end: $0.range.upperBound) }
      case .literal: return [own]
      }
    }
  }
}
