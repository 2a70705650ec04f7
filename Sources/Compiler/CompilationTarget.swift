import SourceDiagnostics

/// Something a spec is compiled to: a folder of artifacts and what stays behind.
public struct CompilationTarget: Sendable {
  /// The name for the command line, which is also the folder of its artifacts.
  public let id: String
  /// One sentence for help texts.
  public let summary: String
  let compile: @Sendable (CompilationContext, inout [Diagnostic]) -> [Artifact]

  /// Makes a target. `compile` is a function of its arguments; it adds a finding for everything that the spec asks for and
  /// the target cannot carry.
  init(
    _ id: String, summary: String,
    compile: @escaping @Sendable (CompilationContext, inout [Diagnostic]) -> [Artifact]
  ) {
    self.id = id
    self.summary = summary
    self.compile = compile
  }
}

/// All targets. Adding one is writing its file and adding its line here.
public enum CompilationTargets {
  /// The targets, in the order of the help text.
  public static let all: [CompilationTarget] = [
    .kubernetes,
    .vault,
    .litellm,
    .terraform,
  ]
}
