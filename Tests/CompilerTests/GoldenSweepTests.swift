@testable import Compiler
import Foundation
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import YAMLSyntax

/// The specs of `specs/valid` show the whole language: whoever adds a key, a choice or a manifest adds an example.
@Suite struct `Golden sweep` {
  /// What no valid spec can say in this release, and the rule that refuses it. When the rule goes, so does the line here.
  static let refused = [
    "secrets.delivery: vault": "GW3017, the runtime does not read Vault",
    "vault.policies.*.paths.capabilities: scan": "OpenBao's alone; Vault refuses a policy that has it",
  ]

  @Test func `each key and each choice of the language occurs in a valid spec`() throws {
    var declared = LanguageSweep()
    declared.declare(GatewaySpec.shape, at: "", refused: Set(Self.refused.keys))
    var used = LanguageSweep()
    for text in try Self.specs() {
      var sources = SourceMap()
      let tree = YAMLParser.parse(sources.add(name: "spec", bytes: Array(text.utf8))).tree
      if let root = tree.root { used.use(root, of: tree, as: GatewaySpec.shape) }
    }
    #expect(declared.places.count > 150, "the walk over the language has lost its way")
    let missing = declared.places.filter { !used.places.keys.contains($0.key) }.values.sorted()
    #expect(
      missing.isEmpty,
      """
      no spec of specs/valid has:
        \(missing.joined(separator: "\n  "))
      Add each to the case that it fits, or a case of its own, as its user would write it; then run `make golden`.
      """)
  }

  @Test func `what is held back as refused is refused still`() throws {
    var declared = LanguageSweep()
    declared.declare(GatewaySpec.shape, at: "", refused: [])
    var used = LanguageSweep()
    for text in try Self.specs() {
      var sources = SourceMap()
      let tree = YAMLParser.parse(sources.add(name: "spec", bytes: Array(text.utf8))).tree
      if let root = tree.root { used.use(root, of: tree, as: GatewaySpec.shape) }
    }
    let stale = Self.refused.keys.filter { place in
      declared.places.contains { $0.value == place && used.places.keys.contains($0.key) }
    }
    #expect(stale.isEmpty, "specs/valid has these by now: take their lines out of `refused`")
    let unknown = Self.refused.keys.filter { !declared.places.values.contains($0) }
    #expect(unknown.isEmpty, "the language has no such place")
  }

  @Test func `each manifest and each target occurs in a golden`() throws {
    let folder = RepositoryLayout.golden
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    let paths = Set(files.map { $0.split(separator: "/").dropFirst().joined(separator: "/") })
    let manifests = ManifestKind.all.map { "kubernetes/\($0.fileName)" }.filter { !paths.contains($0) }
    #expect(manifests.isEmpty, "no golden has them: add a case to specs/valid that calls for them")
    let targets = CompilationTargets.all.map(\.id).filter { id in !paths.contains { $0.hasPrefix(id + "/") } }
    #expect(targets.isEmpty, "no golden has anything of these targets")
    #expect(GoldenCase.all.count { $0.kind == "valid" } >= 12)
  }

  private static func specs() throws -> [String] {
    try GoldenCase.all.filter { $0.kind == "valid" }.map { testCase in
      try String(
        contentsOf: RepositoryLayout.specs.appending(path: "valid/\(testCase.file)"), encoding: .utf8)
    }
  }
}

/// A set of places of the language. A key that a section has at two places is one, and so is a choice that two keys share: a
/// probe's `period` need not stand in all three probes.
private struct LanguageSweep {
  /// A place by its identity, with its path for people.
  private(set) var places: [String: String] = [:]

  /// Adds all that may be written.
  mutating func declare(_ shape: ValueShape, at path: String, refused: Set<String>) {
    switch shape {
    case .free: return
    case .list(let element): declare(element, at: path, refused: refused)
    case .map(_, let value): declare(value, at: path + ".*", refused: refused)
    case .scalar: return
    case .section(let section):
      for field in section.fields {
        let place = path.isEmpty ? field.key : "\(path).\(field.key)"
        if refused.contains(place) { continue }
        add("\(section.summary) \(field.key)", place)
        if let choice = Self.choice(at: field.shape) {
          for word in choice.schema.allowed ?? [] where !refused.contains("\(place): \(word)") {
            add("\(choice.expectation): \(word)", "\(place): \(word)")
          }
        }
        declare(field.shape, at: place, refused: refused)
      }
    }
  }

  /// Adds what is written, overlays of environments included.
  mutating func use(_ node: YAMLNode, of tree: YAMLTree, as shape: ValueShape) {
    switch shape {
    case .scalar, .free: return
    case .list(let element):
      for index in 0..<tree.elementCount(of: node) { use(tree.element(of: node, at: index), of: tree, as: element) }
    case .map(_, let value):
      for index in 0..<tree.entryCount(of: node) { use(tree.entry(of: node, at: index).value, of: tree, as: value) }
    case .section(let section):
      for index in 0..<tree.entryCount(of: node) {
        let entry = tree.entry(of: node, at: index)
        let key = tree.text(of: entry.key)
        guard let field = section[key] else { continue }
        add("\(section.summary) \(key)", key)
        if let choice = Self.choice(at: field.shape) {
          let elements = (0..<tree.elementCount(of: entry.value)).map { tree.element(of: entry.value, at: $0) }
          for scalar in [entry.value] + elements { add("\(choice.expectation): \(tree.text(of: scalar))", key) }
        }
        use(entry.value, of: tree, as: field.shape)
        if key == "environments" {
          for index in 0..<tree.entryCount(of: entry.value) {
            use(tree.entry(of: entry.value, at: index).value, of: tree, as: shape)
          }
        }
      }
    }
  }

  private mutating func add(_ identity: String, _ place: String) {
    if places[identity] == nil { places[identity] = place }
  }

  /// The choice that is written there, by itself or as an element of a list.
  private static func choice(at shape: ValueShape) -> ScalarShape? {
    switch shape {
    case .scalar(let scalar): scalar.schema.allowed == nil ? nil : scalar
    case .list(let element): choice(at: element)
    case .section, .map, .free: nil
    }
  }
}
