import SourceDiagnostics
import YAMLSyntax

/// Merges an environment's overlay into the rest of the spec, node by node, so that every value keeps its place.
///
/// Mappings merge key by key, `null` removes a key, anything else replaces: a list is always replaced as a whole.
struct EnvironmentOverlay {
  private let tree: YAMLTree
  private var editor: YAMLTreeEditor
  private(set) var diagnostics: [Diagnostic] = []

  private init(_ tree: YAMLTree) {
    self.tree = tree
    editor = YAMLTreeEditor(tree)
  }

  /// The tree of one environment: the root without `environments`, overlaid by `overlay`.
  static func apply(_ overlay: YAMLNode?, to tree: YAMLTree, root: YAMLNode) -> (
    tree: YAMLTree, diagnostics: [Diagnostic]
  ) {
    var merge = EnvironmentOverlay(tree)
    let entries = (0..<tree.entryCount(of: root)).map { tree.entry(of: root, at: $0) }
    let base = entries.filter { !tree.text(of: $0.key, equals: "environments") }
    let merged = overlay.map { merge.mergedEntries(base, $0) } ?? base
    if let overlay { merge.reportNesting(overlay) }
    let newRoot = merge.editor.makeMapping(merged, like: root)
    return (merge.editor.finish(root: newRoot), merge.diagnostics)
  }

  private mutating func merged(_ base: YAMLNode, _ overlay: YAMLNode) -> YAMLNode {
    switch (tree.kind(of: base), tree.kind(of: overlay)) {
    case (.mapping, .mapping):
      let entries = (0..<tree.entryCount(of: base)).map { tree.entry(of: base, at: $0) }
      return editor.makeMapping(mergedEntries(entries, overlay), like: base)
    case (.scalar, .scalar):
      if tree.text(of: base) == tree.text(of: overlay) { reportNoChange(overlay, base: base) }
      return overlay
    default:
      return overlay
    }
  }

  private mutating func mergedEntries(_ base: [YAMLEntry], _ overlay: YAMLNode) -> [YAMLEntry] {
    var merged = base
    var indexByKey = Dictionary(
      base.enumerated().map { (tree.text(of: $1.key), $0) }, uniquingKeysWith: { first, _ in first })
    var removed: Set<Int> = []
    for index in 0..<tree.entryCount(of: overlay) {
      let entry = tree.entry(of: overlay, at: index)
      let key = tree.text(of: entry.key)
      let isRemoval = tree.kind(of: entry.value) == .scalar && tree.isNull(entry.value)
      guard let place = indexByKey[key] else {
        if isRemoval {
          reportMiss(entry, among: indexByKey.keys.sorted())
        } else {
          indexByKey[key] = merged.count
          merged.append(entry)
        }
        continue
      }
      if isRemoval {
        removed.insert(place)
      } else {
        let value = self.merged(merged[place].value, entry.value)
        merged[place] = YAMLEntry(key: value == entry.value ? entry.key : merged[place].key, value: value)
      }
    }
    return removed.isEmpty ? merged : merged.indices.filter { !removed.contains($0) }.map { merged[$0] }
  }

  private mutating func reportNesting(_ overlay: YAMLNode) {
    for index in 0..<tree.entryCount(of: overlay) {
      let key = tree.entry(of: overlay, at: index).key
      guard tree.text(of: key, equals: "environments") else { continue }
      diagnostics.append(
        Diagnostic(
          ShapeMistakes.unknownKey, "an environment has no key `environments`", at: tree.span(of: key),
          label: "environments do not nest", help: ["move it one level up, beside the other environments"]))
    }
  }

  private mutating func reportNoChange(_ overlay: YAMLNode, base: YAMLNode) {
    let text = tree.text(of: overlay)
    diagnostics.append(
      Diagnostic(
        ShapeMistakes.overlayChangesNothing, "the base says `\(text)` already", at: tree.span(of: overlay),
        label: "changes nothing", related: [.init(tree.span(of: base), "the base's value")],
        help: ["remove the line from the environment"]))
  }

  private mutating func reportMiss(_ entry: YAMLEntry, among keys: [String]) {
    let key = tree.text(of: entry.key)
    let nearest = NameSuggestion.nearest(to: key, among: keys)
    let span = tree.span(of: entry.key)
    diagnostics.append(
      Diagnostic(
        ShapeMistakes.overlayHitsNothing, "the base has no key `\(key)` to remove", at: span,
        label: "hits nothing",
        help: [nearest.map { "a key with a similar name exists: `\($0)`" } ?? "remove the line"],
        fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, replace: span, with: $0)] } ?? []))
  }
}
