import Emitters
import GatewaySpec
import SourceDiagnostics
public import Validators

extension Compiler {
  /// Compiles the base and all environments side by side: in the folder of each target `base`, and `overlays/NAME` for each
  /// environment. The manifests of an environment are a kustomize overlay of the base that builds to what a compile of the
  /// environment alone gives; of the other targets each environment has its own files.
  ///
  /// - Parameter environments: the spec for each environment; its `environment` is the name of the overlay.
  public static func compile(
    _ base: ValidatedSpec, overlays environments: [ValidatedSpec],
    targets: [CompilationTarget] = CompilationTargets.all
  ) -> Compilation {
    let whole = compile(base, targets: targets)
    var artifacts = whole.artifacts.map { $0.moved(into: "base") }
    var diagnostics = whole.diagnostics
    let hasManifests = targets.contains { $0.id == CompilationTarget.kubernetes.id }
    let baseFiles = hasManifests ? manifests(of: base).files : []
    for spec in environments {
      guard let name = spec.environment else { continue }
      let folder = "overlays/\(name)"
      let own = compile(spec, targets: targets)
      diagnostics += own.diagnostics
      artifacts += own.artifacts.filter { !$0.path.hasPrefix("kubernetes/") }.map { $0.moved(into: folder) }
      guard hasManifests else { continue }
      let (context, files) = manifests(of: spec)
      let overlay = KustomizeOverlay(
        of: files, on: baseFiles, pathToBase: "../../base", from: spec.spec.kind.span)
      artifacts += overlay.files.map { context.file("kubernetes/\(folder)/\($0.name)", $0.documents) }
    }
    return Compilation(
      artifacts: artifacts.sorted { $0.path < $1.path },
      diagnostics: diagnostics.withoutInherited().sortedForDisplay())
  }

  private static func manifests(of spec: ValidatedSpec) -> (context: CompilationContext, files: [ManifestFile]) {
    var ignored: [Diagnostic] = []
    let context = CompilationContext(spec, &ignored)
    return (context, ManifestKind.files(of: ManifestContext(context)))
  }
}

extension Artifact {
  /// The same file one folder further down, in a folder of the target's own folder.
  fileprivate func moved(into folder: String) -> Artifact {
    let parts = path.split(separator: "/", maxSplits: 1)
    return Artifact(path: "\(parts[0])/\(folder)/\(parts[1])", text: text)
  }
}
