public import SourceDiagnostics
public import YAMLSyntax

/// What decoding one tree has in common: the tree, the findings so far, and the sections around the one being read.
public final class SpecDecoder {
  /// The nodes being read.
  public let tree: YAMLTree
  private(set) var diagnostics: [Diagnostic] = []
  private var enclosing: [any SpecSection.Type] = []

  init(_ tree: YAMLTree) {
    self.tree = tree
  }

  /// Adds a finding.
  public func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  // MARK: Sections

  /// How many findings there are; ``rewind(to:)`` goes back to it.
  var mark: Int { diagnostics.count }

  func rewind(to mark: Int) {
    diagnostics.removeLast(diagnostics.count - mark)
  }

  func enter(_ section: any SpecSection.Type) {
    enclosing.append(section)
  }

  func leave() {
    enclosing.removeLast()
  }

  /// The section around the one being read.
  var outer: (any SpecSection.Type)? { enclosing.dropLast().last }

  // MARK: Scalars

  /// Reads a scalar; reports a collection, an empty value or a text that the type refuses.
  func scalar<Value: SpecScalar>(_ node: YAMLNode, named key: YAMLNode?) -> Value? {
    guard tree.kind(of: node) == .scalar else {
      reportWrongKind(of: node, named: key, expected: Value.expectation, shape: Value.shape)
      return nil
    }
    if tree.isNull(node) {
      // What a syntax error cut off has been reported by the parser.
      if tree.isIncomplete(node) { return nil }
      reportEmpty(node, named: key, expected: Value.expectation, samples: Value.samples)
      return nil
    }
    let text = tree.text(of: node)
    do {
      let value = try Value(parsing: text)
      if tree.style(of: node) == .plain, let reading = AmbiguousScalar.otherReading(of: text, as: Value.self) {
        reportAmbiguous(node, text, reading: reading)
      }
      return value
    } catch {
      if tree.isIncomplete(node) { return nil }
      report(error, of: Value.self, text: text, at: node)
      return nil
    }
  }
}
