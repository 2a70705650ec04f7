import Emitters
import SourceDiagnostics

/// One environment as a kustomize overlay of the base: what differs is patched, what the environment lacks is taken out, and
/// what it has of its own is added.
struct KustomizeOverlay {
  /// The files of the overlay by name, its `kustomization.yaml` last.
  private(set) var files: [(name: String, documents: [YAMLValue])] = []

  /// - Parameter pathToBase: the base as seen from the overlay.
  init(of manifests: [ManifestFile], on base: [ManifestFile], pathToBase: String, from origin: SourceSpan) {
    var old: [ManifestIdentity: YAMLValue] = [:]
    for manifest in base.flatMap(\.objects) { ManifestIdentity(manifest).map { old[$0] = manifest } }
    let isShared = manifests.flatMap(\.objects).contains { ManifestIdentity($0).map { old[$0] != nil } ?? false }
    var resources: [YAMLValue] = isShared ? [.string(pathToBase)] : []
    var patches: [YAMLValue] = []
    var kept: Set<ManifestIdentity> = []
    for file in manifests {
      var added: [YAMLValue] = []
      for manifest in file.objects {
        guard let identity = ManifestIdentity(manifest), let before = old[identity] else {
          added.append(manifest)
          continue
        }
        kept.insert(identity)
        let patch = JSONPatch(from: before, to: manifest)
        guard !patch.operations.isEmpty else { continue }
        let name = identity.fileName + ".patch.yaml"
        files.append((name, [YAMLValue.sequence(patch.operations).from(manifest.origin)]))
        patches.append(["path": .string(name), "target": identity.target])
      }
      if !added.isEmpty {
        files.append((file.name, added))
        resources.append(.string(file.name))
      }
    }
    if isShared {
      for manifest in base.flatMap(\.objects) {
        guard let identity = ManifestIdentity(manifest), !kept.contains(identity) else { continue }
        let text = YAMLWriter.write([identity.deletion]).text
        patches.append(["patch": .string(text)])
      }
    }
    let kustomization: YAMLValue = [
      "apiVersion": "kustomize.config.k8s.io/v1beta1",
      "kind": "Kustomization",
      "resources": .sequence(resources),
      "patches": patches.isEmpty ? nil : .sequence(patches),
    ]
    files.append(("kustomization.yaml", [kustomization.from(origin)]))
  }
}
