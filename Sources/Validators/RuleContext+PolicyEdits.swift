import GatewaySpec
import SourceDiagnostics
import VaultPolicy

/// Edits of Vault policies, in the spec and in the files beside it.
extension RuleContext {
  /// The edit that removes an item of a list, or a block of a policy file; `nil` where that needs a person.
  func removal(ofListItem span: SourceSpan) -> TextEdit? {
    guard let bytes = sources[span.file]?.bytes, span.end <= bytes.count else { return nil }
    let newline = UInt8(ascii: "\n")
    let lineStart = bytes[..<span.start].lastIndex(of: newline).map { $0 + 1 } ?? 0
    var end = bytes[span.end...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
    let before = bytes[lineStart..<span.start].drop { $0 == UInt8(ascii: " ") }
    let isAlone = bytes[span.end..<end].allSatisfy { " \r\n".utf8.contains($0) }
    if span.file != spec.apiVersion.span.file {
      guard before.isEmpty, isAlone else { return nil }
      if end < bytes.count, bytes[end] == newline { end += 1 }
      return TextEdit(SourceSpan(file: span.file, start: lineStart, end: end), "")
    }
    guard before.first == UInt8(ascii: "-"), before.dropFirst().allSatisfy({ $0 == UInt8(ascii: " ") }) else {
      return removal(of: Setting((), at: span, .written))
    }
    // The last item of a list leaves a key without a value.
    let marker = bytes[lineStart..<before.startIndex] + [UInt8(ascii: "-")]
    let previous = lineStart > 0 ? bytes[..<(lineStart - 1)].lastIndex(of: newline).map { $0 + 1 } ?? 0 : lineStart
    let hasSibling = bytes[end...].starts(with: marker) || (lineStart > 0 && bytes[previous...].starts(with: marker))
    guard isAlone, hasSibling else { return nil }
    return TextEdit(SourceSpan(file: span.file, start: lineStart, end: end), "")
  }

  /// The fix that writes one rule with `read` for each path in the place of a rule.
  func exactRules(_ paths: [String], inPlaceOf rule: PolicyRule) -> [FixIt] {
    guard let spans = rule.spans, let first = paths.first else { return [] }
    guard paths.count > 1 else { return rule.writing(first, .unsafe) }
    let title = "write \(paths.count) exact rules"
    if spans.notation == .policyFile {
      let rules = paths.map { "path \(spans.notation.literal($0)) {\n  capabilities = [\"read\"]\n}" }
      return [FixIt(title, .unsafe, replace: spans.rule, with: rules.joined(separator: "\n\n"))]
    }
    let others = paths.dropFirst().compactMap { path in
      addition(of: "{ path: \(spans.notation.literal(path)), capabilities: [read] }", behind: spans.rule)
    }
    guard others.count == paths.count - 1, let place = others.first?.span else { return [] }
    let edits = [
      TextEdit(spans.pattern, spans.notation.literal(first)), TextEdit(place, others.map(\.replacement).joined()),
    ]
    return [FixIt(title, .unsafe, edits: edits)]
  }
}
