import Compiler
import Emitters
import Foundation
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators
import VaultPolicy
import YAMLSyntax

/// The round trip of least privilege, on what is really written: External Secrets Operator may read each secret that its
/// manifests ask for with the policies that its login carries, and may do nothing else.
@Suite struct `Golden policies` {
  @Test(arguments: GoldenCase.all.filter { $0.kind == "valid" })
  func `a login may read what it reads, and nothing else`(_ testCase: GoldenCase) throws {
    for (environment, validated) in try testCase.validated() {
      let spec = validated.spec
      guard let login = spec.secretLogin, spec.secrets.value.delivery.value.readsVault else { continue }
      let compilation = Compiler.compile(validated)
      let policies = try spec.policyNames(of: login).map { name in
        let artifact = try #require(compilation.artifact("vault/\(name).hcl"))
        var sources = SourceMap()
        let parsed = PolicyParser.parse(sources.add(name: artifact.path, bytes: artifact.bytes))
        #expect(parsed.diagnostics.isEmpty, "\(testCase) \(environment ?? "")")
        return parsed.policy
      }
      let acl = try ACL(policies)
      let asked = try Self.askedPaths(compilation)
      #expect(Set(asked) == Set(spec.readPaths), "\(testCase) \(environment ?? "")")
      #expect(!asked.isEmpty)
      for path in asked {
        #expect(acl.decide(AccessRequest(.read, path)).isAllowed, "\(testCase) \(environment ?? ""): \(path)")
        #expect(!acl.decide(AccessRequest(.read, path)).grantsSudo)
        for operation in Operation.allCases where operation != .read && operation != .help {
          #expect(!acl.decide(AccessRequest(operation, path)).isAllowed, "\(testCase): \(operation) \(path)")
        }
      }
      for path in Set(asked.flatMap(Self.neighbours)).subtracting(asked) {
        for operation in Operation.allCases where operation != .help {
          #expect(!acl.decide(AccessRequest(operation, path)).isAllowed, "\(testCase): \(operation) \(path)")
        }
      }
    }
  }

  @Test(arguments: GoldenCase.all.filter { $0.kind == "valid" })
  func `a compiled policy says what the spec or its file says`(_ testCase: GoldenCase) throws {
    for (_, validated) in try testCase.validated() {
      let compilation = Compiler.compile(validated)
      for policy in validated.policies {
        let artifact = try #require(compilation.artifact("vault/\(policy.name.value).hcl"))
        var sources = SourceMap()
        let parsed = PolicyParser.parse(sources.add(name: artifact.path, bytes: artifact.bytes)).policy
        #expect(parsed.rules.map(\.pattern) == policy.policy.rules.map(\.pattern))
        #expect(parsed.rules.map(\.capabilities) == policy.policy.rules.map(\.capabilities))
      }
    }
  }

  /// The API paths that External Secrets Operator asks for, by the manifests alone.
  private static func askedPaths(_ compilation: Compilation) throws -> [String] {
    var asked: [String] = []
    var stores: [String: ExternalSecretsPath] = [:]
    for tree in try documents("kubernetes/secret-store.yaml", compilation) {
      let provider = try #require(tree[["spec", "provider", "vault"]])
      stores[try #require(tree.text(["metadata", "name"]))] = ExternalSecretsPath(
        storePath: provider.text(["path"]), version: provider.text(["version"]) == "v1" ? .v1 : .v2)
    }
    for tree in try documents("kubernetes/vault-dynamic-secret.yaml", compilation) {
      asked.append(try #require(tree.text(["spec", "path"])))
    }
    for tree in try documents("kubernetes/external-secret.yaml", compilation) {
      guard let name = tree.text(["spec", "secretStoreRef", "name"]) else { continue }
      let store = try #require(stores[name])
      for entry in tree[["spec", "data"]]?.elements ?? [] {
        let requests = try store.requests(for: try #require(entry.text(["remoteRef", "key"])))
        asked += requests.map(\.path)
      }
    }
    return asked
  }

  private static func documents(_ path: String, _ compilation: Compilation) throws -> [YAMLPart] {
    guard let artifact = compilation.artifact(path) else { return [] }
    return artifact.text.text.components(separatedBy: "\n---\n").compactMap { text in
      var sources = SourceMap()
      let tree = YAMLParser.parse(sources.add(name: path, bytes: Array(text.utf8))).tree
      return tree.root.map { YAMLPart(tree: tree, node: $0) }
    }
  }

  /// Paths beside, above, below and nearly like a path: what a pattern that is too wide would let through.
  private static func neighbours(of path: String) -> [String] {
    let parts = path.split(separator: "/").map(String.init)
    let parent = parts.dropLast().joined(separator: "/")
    var paths = [
      path + "x", path + "/", path + "/child", "x" + path, "/" + path + "/..", String(path.dropLast()), parent,
      parent + "/", parent + "/other", path.uppercased(), "sys/mounts", "sys/policies/acl", "auth/token/create",
      "sys/leases/lookup", "identity/entity", parts[0], parts[0] + "/config",
    ]
    for word in ["metadata", "delete", "undelete", "destroy", "subkeys", "options"] {
      paths.append(path.replacing("/data/", with: "/\(word)/"))
      paths.append(path.replacing("/creds/", with: "/\(word)/"))
    }
    paths += ["roles", "static-creds", "config", "rotate-root"].map { path.replacing("/creds/", with: "/\($0)/") }
    if parts.contains("data") { paths.append(parts.filter { $0 != "data" }.joined(separator: "/")) }
    return paths
  }
}

/// A node of a document with the tree that it lies in.
struct YAMLPart {
  let tree: YAMLTree
  let node: YAMLNode

  /// What lies below, key by key.
  subscript(path: [String]) -> YAMLPart? {
    var current = node
    for key in path {
      let entries = (0..<tree.entryCount(of: current)).map { tree.entry(of: current, at: $0) }
      guard let entry = entries.first(where: { tree.text(of: $0.key) == key }) else { return nil }
      current = entry.value
    }
    return YAMLPart(tree: tree, node: current)
  }

  func text(_ path: [String]) -> String? { self[path].map { $0.tree.text(of: $0.node) } }

  var elements: [YAMLPart] {
    (0..<tree.elementCount(of: node)).map { YAMLPart(tree: tree, node: tree.element(of: node, at: $0)) }
  }
}
