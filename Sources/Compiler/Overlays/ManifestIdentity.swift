import Emitters

/// What kustomize tells manifests apart by.
struct ManifestIdentity: Hashable {
  let apiVersion: String
  let kind: String
  let name: String
  let namespace: String?

  /// The identity of a manifest; `nil` if it lacks a part of one.
  init?(_ manifest: YAMLValue) {
    guard let apiVersion = manifest["apiVersion"]?.text, let kind = manifest["kind"]?.text,
      let name = manifest["metadata"]?["name"]?.text
    else { return nil }
    self.apiVersion = apiVersion
    self.kind = kind
    self.name = name
    namespace = manifest["metadata"]?["namespace"]?.text
  }

  /// A name for a file about it.
  var fileName: String { "\(kind.lowercased())-\(name)" }

  /// The target of a patch, whose names are regular expressions.
  var target: YAMLValue {
    let parts = apiVersion.split(separator: "/")
    return [
      "group": parts.count > 1 ? .string(String(parts[0])) : nil,
      "version": .string(String(parts.last ?? "")),
      "kind": .string(kind),
      "name": .string(name.replacing(".", with: "\\.")),
      "namespace": namespace.map { .string($0.replacing(".", with: "\\.")) },
    ]
  }

  /// A strategic merge patch that takes the manifest out.
  var deletion: YAMLValue {
    [
      "$patch": "delete",
      "apiVersion": .string(apiVersion),
      "kind": .string(kind),
      "metadata": ["name": .string(name), "namespace": namespace.map { .string($0) }],
    ]
  }
}

extension YAMLValue {
  /// The text of a string.
  fileprivate var text: String? {
    if case .string(let text) = content { text } else { nil }
  }
}
