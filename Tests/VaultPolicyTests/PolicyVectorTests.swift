import SourceDiagnostics
import Testing
import VaultPolicy

/// Parses text under a profile.
func parse(_ text: String, profile: VersionProfile = .denyAware) -> (policy: Policy, diagnostics: [Diagnostic]) {
  var map = SourceMap()
  return PolicyParser.parse(map.add(name: "policy.hcl", text: text), profile: profile)
}

/// Formats text; `nil` when it has mistakes.
func format(_ text: String) -> String? {
  var map = SourceMap()
  return PolicyFormatter.format(map.add(name: "policy.hcl", text: text), profile: .trimmedFirst).text
}

@Suite(.enabled(if: SharedVectors.isPresent, "the vectors stand in ../shared, which is not here"))
struct PolicyVectorTests {
  @Test func `every parse vector is accepted or refused as by Vault`() {
    let vectors = SharedVectors.acl["parse_vectors"]?.array ?? []
    #expect(vectors.count >= 69)
    for vector in vectors {
      let name = vector["name"]?.string ?? "?"
      // The endpoint wants a text; the parser does not.
      if name == "empty policy text sent to the write endpoint" { continue }
      let (policy, diagnostics) = parse(vector["hcl"]?.string ?? "")
      #expect(diagnostics.hasErrors != vector["ok"]?.bool, "\(name): \(diagnostics.map(\.headline))")
      guard vector["ok"]?.bool == true, let expected = vector["rules"] else { continue }
      #expect(policy.rules.map(\.vectorForm) == expected.array.map(vectorForm), "\(name)")
    }
  }

  @Test func `a refused parse vector has one finding for each mistake`() {
    let two = ["unknown top-level attribute"]
    for vector in SharedVectors.acl["parse_vectors"]?.array ?? [] where vector["ok"]?.bool == false {
      guard let text = vector["hcl"]?.string, !text.isEmpty, let name = vector["name"]?.string else { continue }
      let diagnostics = parse(text).diagnostics
      #expect(diagnostics.count == (two.contains(name) ? 2 : 1), "\(name): \(diagnostics.map(\.headline))")
    }
  }

  private func vectorForm(_ rule: JSON) -> String {
    "\(rule["path"]?.string ?? "") \(rule["kind"]?.string ?? "") \(rule["caps"]?.strings.sorted() ?? [])"
  }

  @Test func `format vectors come out to the byte, and stay as they are`() {
    let vectors = SharedVectors.acl["format_vectors"]?["vectors"]?.array ?? []
    #expect(vectors.count >= 18)
    for vector in vectors {
      let expected = vector["out"]?.string
      #expect(format(vector["in"]?.string ?? "") == expected, "\(vector["name"]?.string ?? "?")")
      #expect(format(expected ?? "") == expected, "\(vector["name"]?.string ?? "?")")
    }
  }

  @Test func `policy names are stored or refused as by Vault`() {
    let vectors = SharedVectors.acl["policy_name_vectors"]?.array ?? []
    #expect(vectors.count >= 11)
    for vector in vectors {
      let name = vector["name"]?.string ?? ""
      #expect((PolicyName.problem(with: name) == nil) == vector["ok"]?.bool, "\(name)")
      if let stored = vector["stored"]?.string { #expect(PolicyName.normalized(name) == stored) }
    }
  }

  @Test func `templates are filled in or drop the rule as in Vault`() throws {
    let section = try #require(SharedVectors.acl["template_vectors"])
    let entity = try #require(section["identity"])
    let identity = Identity(
      id: entity["id"]?.string ?? "", name: entity["name"]?.string ?? "",
      metadata: entity["metadata"]?.stringMap ?? [:],
      aliases: entity["aliases"]?.object.mapValues { alias in
        .init(
          id: alias["id"]?.string ?? "", name: alias["name"]?.string ?? "",
          metadata: alias["metadata"]?.stringMap ?? [:],
          customMetadata: alias["custom_metadata"]?.stringMap ?? [:])
      } ?? [:],
      groups: entity["groups"]?.array.map { group in
        .init(
          id: group["id"]?.string ?? "", name: group["name"]?.string ?? "",
          metadata: group["metadata"]?.stringMap ?? [:])
      } ?? [])
    for vector in section["vectors"]?.array ?? [] {
      let pattern = vector["pattern"]?.string ?? ""
      let acl = try ACL([Policy(rules: [PolicyRule(PathPattern(pattern), .read)])], identity: identity)
      #expect(acl.rules.first?.pattern.text == vector["result"]?.string, "\(pattern)")
      #expect(acl.droppedRules.count == (vector["result"]?.string == nil ? 1 : 0))
    }
  }

  @Test func `each operation on a key-value engine needs the capability of the matrix`() throws {
    let actions: [String: KVPath.Action] = [
      "read latest or ?version=n": .read, "write, key has no metadata yet": .writeNew,
      "write, key metadata exists (also when every version is deleted or destroyed)": .writeExisting,
      "merge patch": .mergePatch, "soft delete latest version": .delete, "soft delete given versions": .deleteVersions,
      "undelete versions": .undeleteVersions, "destroy versions": .destroyVersions, "read key metadata": .readMetadata,
      "list folder": .list, "write metadata, new key": .writeNewMetadata,
      "write metadata, existing key": .writeExistingMetadata, "patch metadata": .patchMetadata,
      "delete key and every version": .deleteMetadata, "subkeys": .readSubkeys,
      "recover from snapshot (Enterprise)": .recover, "read engine config": .readConfiguration,
      "write engine config": .writeConfiguration, "read": .read, "write new": .writeNew,
      "write existing": .writeExisting, "delete": .delete, "list": .list,
    ]
    for row in SharedVectors.acl["capability_matrix"]?.array ?? [] where row["kv_version"]?.integer != 0 {
      let operation = row["operation"]?.string ?? ""
      let version = try #require(row["kv_version"]?.integer.flatMap { KVPath.Version(rawValue: Int($0)) })
      let action = try #require(actions[operation], "\(operation)")
      let request = try #require(KVPath(mount: "kv/team", path: "a/b", version: version).request(for: action))
      let path = row["path"]?.string?.replacing("<mount>", with: "kv/team").replacing("<path>", with: "a/b")
        .replacing("<folder>", with: "a/b")
      #expect(request.path == path, "\(operation)")
      #expect(request.operation.capability?.name == row["capability"]?.string, "\(operation)")
    }
  }
}

extension PolicyRule {
  /// The form of the parse vectors: the pattern without the `*` of a prefix, its kind, its capabilities.
  var vectorForm: String {
    let kind =
      switch pattern.kind {
      case .exact: ""
      case .prefix: "prefix"
      case .segment: "segment"
      }
    let path = pattern.kind == .prefix ? String(pattern.text.dropLast()) : pattern.text
    return "\(path) \(kind) \(effectiveCapabilities.names.sorted())"
  }
}
