import SourceDiagnostics
import YAMLSyntax

/// Parses a text under a made-up name.
func parse(_ text: String, limits: YAMLLimits = .standard) -> YAMLParseResult {
  parse(bytes: Array(text.utf8), limits: limits)
}

/// Parses bytes, which need not be UTF-8.
func parse(bytes: [UInt8], limits: YAMLLimits = .standard) -> YAMLParseResult {
  var map = SourceMap()
  return YAMLParser.parse(map.add(name: "test.yaml", bytes: bytes), limits: limits)
}

extension YAMLTree {
  /// The source text of each node, a parent before its children.
  func slices() -> [String] {
    var slices: [String] = []
    visit { slices.append(file.text(of: span(of: $0))) }
    return slices
  }

  /// The source text of each scalar, in order.
  func scalarSlices() -> [String] {
    var slices: [String] = []
    visit { if kind(of: $0) == .scalar { slices.append(file.text(of: span(of: $0))) } }
    return slices
  }

  /// What the tree means, in the manner of JSON; an incomplete node ends in `…`.
  func meaning() -> String { root.map(meaning) ?? "nothing" }

  func meaning(of node: YAMLNode) -> String {
    let end = isIncomplete(node) ? "…" : ""
    switch kind(of: node) {
    case .scalar: return (style(of: node) == .plain ? text(of: node) : text(of: node).debugDescription) + end
    case .sequence:
      let elements = (0..<elementCount(of: node)).map { meaning(of: element(of: node, at: $0)) }
      return "[" + elements.joined(separator: ", ") + "]" + end
    case .mapping:
      let entries = (0..<entryCount(of: node)).map { index in
        let entry = entry(of: node, at: index)
        return meaning(of: entry.key) + ": " + meaning(of: entry.value)
      }
      return "{" + entries.joined(separator: ", ") + "}" + end
    }
  }

  /// Visits the nodes that are reachable, parents first, following aliases.
  func visit(_ body: (YAMLNode) -> Void) {
    if let root { visit(root, body) }
  }

  func children(of node: YAMLNode) -> [YAMLNode] {
    (0..<elementCount(of: node)).map { element(of: node, at: $0) }
      + (0..<entryCount(of: node)).flatMap { [entry(of: node, at: $0).key, entry(of: node, at: $0).value] }
  }

  private func visit(_ node: YAMLNode, _ body: (YAMLNode) -> Void) {
    body(node)
    for child in children(of: node) { visit(child, body) }
  }
}

extension YAMLParseResult {
  /// `GW0001 "underlined text"` for each finding.
  var findings: [String] {
    diagnostics.map { "\($0.code) \(tree.file.text(of: $0.primary.span).debugDescription)" }
  }
}
