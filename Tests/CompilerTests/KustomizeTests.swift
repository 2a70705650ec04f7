import Foundation
import SluiceTestSupport
import Testing

/// `kubectl kustomize` builds each folder of manifests to what stands in its files.
@Suite struct Kustomize {
  @Test(arguments: ManifestSet.golden)
  func `a folder builds to its objects`(_ set: ManifestSet) throws {
    let folder = RepositoryLayout.golden.appending(path: "\(set.name)/kubernetes")
    let result = try OutsideProgram.run("kubectl", ["kustomize", folder.path])
    #expect(result.status == 0, "\(result.output)")
    let built = ManifestValue.documents(of: result.output).map(\.identity)
    #expect(built.sorted() == set.objects.map(\.identity).sorted())
  }

  @Test func `a file that is missing would be found`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-kustomize-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let kustomization = try CompiledSpec(Sample.sluice)("kubernetes/kustomization.yaml")
    try Data(kustomization.utf8).write(to: folder.appending(path: "kustomization.yaml"))
    #expect(try OutsideProgram.run("kubectl", ["kustomize", folder.path]).status != 0)
  }
}
