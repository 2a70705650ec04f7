public import SourceDiagnostics
public import YAMLSyntax

/// A spec as it was read: the base, each environment, and what is wrong with their form.
public struct LoadedSpec: Sendable {
  /// The file of the spec.
  public let file: SourceFile
  /// All files that were read for it.
  public let sources: SourceMap
  /// The nodes of the spec's file.
  public let tree: YAMLTree
  /// The policy files beside the spec that could be read.
  public let policyFiles: [SourceFileID]
  /// The spec without any environment.
  public let base: SpecVariant
  /// The spec of each environment, in the order of the file.
  public let environments: [SpecVariant]
  /// What the YAML parser and the decoder found. A finding of an environment names it, unless the base has it too.
  public let diagnostics: [Diagnostic]

  /// The variant of an environment, or the base for `nil`.
  public func variant(_ environment: String?) -> SpecVariant? {
    guard let environment else { return base }
    return environments.first { $0.environment == environment }
  }
}

/// The spec as it holds for one environment.
public struct SpecVariant: Sendable {
  /// The name of the environment; `nil` for the base.
  public let environment: String?
  /// The decoded spec.
  public let spec: GatewaySpec
  /// The policies by name, in the order of the spec.
  public let policies: [LoadedPolicy]

  /// The policy of that name.
  public func policy(_ name: EntryName) -> LoadedPolicy? { policies.first { $0.name.value == name } }
}

/// Reads a spec: bytes to nodes, nodes to a typed spec. It never fails; what is wrong stands in the diagnostics beside
/// whatever could be read.
public enum SpecLoader {
  /// Reads a file that stands beside the spec. The path is relative to the spec's folder; the error is one line for
  /// people.
  public typealias FileAccess = (_ path: String) -> Result<[UInt8], FileAccessError>

  /// Why a file could not be read.
  public struct FileAccessError: Error, Sendable {
    /// One line without a full stop, such as "no such file".
    public let reason: String

    /// Makes an error.
    public init(_ reason: String) {
      self.reason = reason
    }
  }

  /// The name of a file that stands beside a spec, as it is written from where the spec's own name counts.
  public static func name(of path: String, beside spec: String) -> String {
    guard !path.hasPrefix("/"), let slash = spec.lastIndex(of: "/") else { return path }
    return spec[...slash] + path
  }

  /// Reads a spec from bytes. The file, and those that it names, are added to `sources`.
  public static func load(
    bytes: [UInt8], name: String, into sources: inout SourceMap, files: @escaping FileAccess
  ) -> LoadedSpec {
    let file = sources.add(name: name, bytes: bytes)
    let parsed = YAMLParser.parse(file)
    var diagnostics = parsed.diagnostics
    var policyFiles = PolicyFiles(beside: name, access: files)

    let base = variant(of: parsed.tree, environment: nil, &policyFiles, &sources, &diagnostics)
    var environments: [SpecVariant] = []
    if let root = parsed.tree.root, parsed.tree.kind(of: root) == .mapping {
      for (name, overlay) in overlays(parsed.tree, root, &diagnostics) {
        let merged = EnvironmentOverlay.apply(overlay, to: parsed.tree, root: root)
        var findings = merged.diagnostics
        environments.append(variant(of: merged.tree, environment: name, &policyFiles, &sources, &findings))
        diagnostics += findings.map { $0.inEnvironment(name) }
      }
    }
    return LoadedSpec(
      file: file, sources: sources, tree: parsed.tree, policyFiles: policyFiles.ids, base: base,
      environments: environments,
      diagnostics: diagnostics.withoutInherited().sortedForDisplay())
  }

  private static func variant(
    of tree: YAMLTree, environment: String?, _ policyFiles: inout PolicyFiles, _ sources: inout SourceMap,
    _ diagnostics: inout [Diagnostic]
  ) -> SpecVariant {
    let decoder = SpecDecoder(tree)
    // An empty or unreadable file has been reported by the parser.
    let spec = tree.root.flatMap { GatewaySpec.decode($0, named: nil, with: decoder) } ?? .placeholder
    diagnostics += decoder.diagnostics
    let policies = LoadedPolicy.load(spec, &policyFiles, &sources, &diagnostics)
    return SpecVariant(environment: environment, spec: spec, policies: policies)
  }

  /// The environments by name; one without a value overlays nothing.
  private static func overlays(
    _ tree: YAMLTree, _ root: YAMLNode, _ diagnostics: inout [Diagnostic]
  ) -> [(name: String, overlay: YAMLNode?)] {
    let entries = { (node: YAMLNode) in (0..<tree.entryCount(of: node)).map { tree.entry(of: node, at: $0) } }
    guard let section = entries(root).first(where: { tree.text(of: $0.key, equals: "environments") })?.value,
      tree.kind(of: section) == .mapping
    else { return [] }
    let decoder = SpecDecoder(tree)
    let overlays: [(String, YAMLNode?)] = entries(section).compactMap { entry in
      let name = tree.text(of: entry.key)
      if tree.kind(of: entry.value) == .mapping { return (name, entry.value) }
      if tree.kind(of: entry.value) == .scalar, tree.isNull(entry.value) { return (name, nil) }
      decoder.reportWrongKind(
        of: entry.value, named: entry.key, expected: "a mapping of what differs", shape: GatewaySpec.shape)
      return nil
    }
    diagnostics += decoder.diagnostics
    return overlays
  }
}

extension Diagnostic {
  /// The same finding, said to hold in one environment alone.
  public func inEnvironment(_ name: String) -> Diagnostic {
    var copy = self
    copy.environment = name
    return copy
  }
}
