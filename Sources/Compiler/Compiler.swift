import GatewaySpec
public import SourceDiagnostics
public import Validators

/// What came out of a spec.
public struct Compilation: Sendable {
  /// The artifacts, sorted by path.
  public let artifacts: [Artifact]
  /// What the outputs cannot carry (GW9xxx), in the order of display.
  public let diagnostics: [Diagnostic]

  /// The artifact at that path.
  public func artifact(_ path: String) -> Artifact? { artifacts.first { $0.path == path } }
}

/// Compiles a validated spec. The result is a function of the spec alone: no clock, host name, dictionary order or absolute
/// path reaches it.
public enum Compiler {
  /// Compiles a spec to the artifacts of some targets.
  public static func compile(
    _ validated: ValidatedSpec, targets: [CompilationTarget] = CompilationTargets.all
  ) -> Compilation {
    var diagnostics: [Diagnostic] = []
    let context = CompilationContext(validated, &diagnostics)
    var byPath: [String: Artifact] = [:]
    for target in targets {
      for artifact in target.compile(context, &diagnostics) {
        if byPath.updateValue(artifact, forKey: artifact.path) != nil {
          diagnostics.append(
            Diagnostic(
              OutputMistakes.outputPathCollision, "two outputs have the path `\(artifact.path)`",
              at: validated.spec.metadata.value.name.span, notes: ["only the one of target `\(target.id)` is kept"]))
        }
      }
    }
    if let environment = validated.environment {
      diagnostics = diagnostics.map { $0.inEnvironment(environment) }
    }
    return Compilation(
      artifacts: byPath.values.sorted { $0.path < $1.path }, diagnostics: diagnostics.sortedForDisplay())
  }
}
