import Emitters

/// All artifacts in one text, for standard output.
public enum ArtifactStream {
  /// The manifests as one stream of YAML documents that `kubectl apply -f -` takes, then the other files, each below a
  /// line with its path. The kustomization is left out, for it lists files that a stream has not.
  public static func bytes(of artifacts: [Artifact]) -> [UInt8] {
    var bytes: [UInt8] = []
    let manifests = artifacts.filter { $0.path.hasPrefix("kubernetes/") }
    for artifact in manifests where artifact.path != "kubernetes/kustomization.yaml" {
      bytes.append(contentsOf: "--- # \(artifact.path)\n".utf8)
      bytes.append(contentsOf: artifact.text.bytes)
    }
    for artifact in artifacts where !artifact.path.hasPrefix("kubernetes/") {
      bytes.append(contentsOf: "# ==> \(artifact.path)\n".utf8)
      bytes.append(contentsOf: artifact.text.bytes)
    }
    return bytes
  }
}
