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

/// Plain scalars that a YAML 1.1 reader and a YAML 1.2 reader take differently.
enum AmbiguousScalar {
  /// How a YAML 1.1 reader takes the text, if that is not as a string and the YAML 1.2 core schema takes it as one (or as
  /// another number). `nil` for all others.
  static func otherReading<Value: SpecScalar>(of text: String, as type: Value.Type) -> String? {
    guard let first = text.utf8.first, type == PlainText.self || type == KubernetesLabelValue.self else { return nil }
    switch first {
    case UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "o"),
      UInt8(ascii: "O"):
      switch text {
      case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": return "the boolean true"
      case "n", "N", "no", "No", "NO", "off", "Off", "OFF": return "the boolean false"
      default: return nil
      }
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): return number(text)
    default: return nil
    }
  }

  private static func number(_ text: String) -> String? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    let isDigit: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    let isOctal: (UInt8) -> Bool = { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    guard let first = digits.first, isDigit(first) else { return nil }
    if digits.count > 1, digits.allSatisfy(isOctal), first == UInt8(ascii: "0") { return "an octal number" }
    if digits.starts(with: "0o".utf8), digits.dropFirst(2).allSatisfy(isOctal) { return "text, not an octal number" }
    if digits.contains(UInt8(ascii: "_")), digits.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: "_") }) {
      return "a number without the underscores"
    }
    let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }),
      parts.dropFirst().allSatisfy({ $0.count <= 2 && (Int(String(Substring($0))) ?? 60) < 60 })
    {
      return "a number to the base 60"
    }
    return nil
  }
}
