import SourceDiagnostics
import YAMLSyntax

/// A YAML document as a test asks it: what is not there reads as `missing`, so that a path needs no unwrapping.
enum ManifestValue: Equatable, Sendable {
  case missing
  case scalar(String)
  case list([ManifestValue])
  case map([Entry])

  struct Entry: Equatable, Sendable {
    let key: String
    let value: ManifestValue
  }

  /// The documents of a file.
  static func documents(of text: String) -> [ManifestValue] {
    text.split(separator: "\n---\n").map { document in
      var sources = SourceMap()
      let file = sources.add(name: "manifest.yaml", bytes: Array(document.utf8))
      let tree = YAMLParser.parse(file).tree
      return tree.root.map { ManifestValue($0, of: tree) } ?? .missing
    }
  }

  private init(_ node: YAMLNode, of tree: YAMLTree) {
    switch tree.kind(of: node) {
    case .scalar: self = .scalar(tree.text(of: node))
    case .sequence:
      self = .list((0..<tree.elementCount(of: node)).map { Self(tree.element(of: node, at: $0), of: tree) })
    case .mapping:
      self = .map(
        (0..<tree.entryCount(of: node)).map { index in
          let entry = tree.entry(of: node, at: index)
          return Entry(key: tree.text(of: entry.key), value: Self(entry.value, of: tree))
        })
    }
  }

  subscript(key: String) -> ManifestValue { entries.first { $0.key == key }?.value ?? .missing }

  /// The elements of a list; none of anything else.
  var items: [ManifestValue] { if case .list(let items) = self { items } else { [] } }
  /// The entries of a mapping; none of anything else.
  var entries: [Entry] { if case .map(let entries) = self { entries } else { [] } }
  /// The text of a scalar.
  var text: String? { if case .scalar(let text) = self { text } else { nil } }
  var number: Int? { text.flatMap(Int.init) }
  var exists: Bool { self != .missing }
  /// Whether there is something in it.
  var isEmpty: Bool { items.isEmpty && entries.isEmpty && text?.isEmpty != false }

  /// Whether all entries of a selector are among these labels.
  func selects(_ labels: ManifestValue) -> Bool { entries.allSatisfy { labels[$0.key] == $0.value } }

  /// All mappings in it, itself included, from the outside in.
  var mappings: [ManifestValue] {
    switch self {
    case .missing, .scalar: []
    case .list(let items): items.flatMap(\.mappings)
    case .map(let entries): [self] + entries.flatMap(\.value.mappings)
    }
  }
}
