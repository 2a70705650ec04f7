public import SourceDiagnostics

/// Edits of a rule where it stands.
extension PolicyRule {
  /// The fix that writes another pattern.
  public func writing(_ pattern: String, _ safety: FixIt.Safety) -> [FixIt] {
    guard let spans else { return [] }
    return [FixIt("write `\(pattern)`", safety, replace: spans.pattern, with: spans.notation.literal(pattern))]
  }

  /// The fix that writes other capabilities. None for the old key `policy`, and where the place of the list is not known.
  public func granting(_ capabilities: CapabilitySet, _ title: String, _ safety: FixIt.Safety) -> [FixIt] {
    guard legacyPolicy == nil, let spans, let list = spans.attributes["capabilities"]?.value else { return [] }
    let words = capabilities.names.map { spans.notation == .yaml ? $0 : spans.notation.literal($0) }
    return [FixIt(title, safety, replace: list, with: "[\(words.joined(separator: ", "))]")]
  }
}

extension RuleSpans {
  /// The notation in which a rule stands.
  public enum Notation: Sendable, Hashable {
    /// A policy file in HCL or JSON, where every text has double quotes.
    case policyFile
    /// A spec in YAML, where most texts have none.
    case yaml

    /// A text as it is written.
    public func literal(_ text: String) -> String {
      let isPlain =
        self == .yaml && text.first.map { !"*-?".contains($0) } == true
        && text.utf8.allSatisfy { $0 > 0x20 && !"{}[],#:&!|>'\"%@`".utf8.contains($0) }
      return isPlain ? text : HCLString.quoted(text)
    }
  }
}
