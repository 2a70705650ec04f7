import Foundation
import SluiceTestSupport
import Testing

/// The objects of one folder of manifests, and the pods in them.
struct ManifestSet: Sendable, CustomTestStringConvertible {
  let name: String
  let objects: [ManifestValue]
  let pods: [Pod]
  var testDescription: String { name }

  /// What a Deployment or a Job makes pods from.
  struct Pod: Sendable {
    let owner: ManifestValue
    let labels: ManifestValue
    let spec: ManifestValue
    var isJob: Bool { owner["kind"].text == "Job" }
    var containers: [ManifestValue] { spec["containers"].items + spec["initContainers"].items }
  }

  init(name: String, files: [String]) {
    self.name = name
    objects = files.flatMap { ManifestValue.documents(of: $0) }
    pods = objects.filter { ["Deployment", "Job"].contains($0["kind"].text) }.map { owner in
      let template = owner["spec"]["template"]
      return Pod(owner: owner, labels: template["metadata"]["labels"], spec: template["spec"])
    }
  }

  /// The folders of all golden cases. `GoldenTests` holds them to what is compiled.
  static let golden: [ManifestSet] = {
    let cases = (try? FileManager.default.contentsOfDirectory(atPath: RepositoryLayout.golden.path)) ?? []
    return cases.sorted().compactMap { name in
      let folder = RepositoryLayout.golden.appending(path: "\(name)/kubernetes")
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      let texts = files.sorted().filter { $0.hasSuffix(".yaml") && $0 != "kustomization.yaml" }
        .compactMap { try? String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
      return texts.isEmpty ? nil : ManifestSet(name: name, files: texts)
    }
  }()

  /// The objects of a kind.
  func all(_ kind: String) -> [ManifestValue] { objects.filter { $0["kind"].text == kind } }
  func has(_ kind: String, named name: String?) -> Bool { all(kind).contains { $0["metadata"]["name"].text == name } }

  /// The release that the manifests are for, which the namespace is labelled with.
  var kubernetesMinor: Int {
    let label = all("Namespace").first?["metadata"]["labels"]["pod-security.kubernetes.io/enforce-version"].text
    return label.flatMap { $0.split(separator: ".").last }.flatMap { Int($0) } ?? 0
  }
}

extension ManifestValue {
  /// Kind and name, for a message.
  var identity: String { "\(self["kind"].text ?? "?") \(self["metadata"]["name"].text ?? "?")" }
  var annotations: ManifestValue { self["metadata"]["annotations"] }
}
