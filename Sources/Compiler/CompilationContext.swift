import Emitters
import GatewaySpec
import SourceDiagnostics
import Validators

/// What all targets share, worked out once.
struct CompilationContext: Sendable {
  let validated: ValidatedSpec
  let spec: GatewaySpec
  /// The line on top of every file.
  let header: String
  /// How each secret gets from Vault to the process.
  let secrets: SecretPlan
  /// The configuration of LiteLLM; `nil` for another engine.
  let litellmConfiguration: EmittedText?

  init(_ validated: ValidatedSpec, _ diagnostics: inout [Diagnostic]) {
    self.validated = validated
    spec = validated.spec
    let fileName = String(
      (validated.file.name.split(separator: "/").last ?? "").map { $0.isNewline ? " " : $0 })
    let environment = validated.environment.map { ", environment \($0)" } ?? ""
    let header = "Compiled by sluice from \(fileName)\(environment); change that and compile again."
    self.header = header
    secrets = SecretPlan(spec)
    let configuration =
      spec.engine.value.type.value == .litellm ? LiteLLMConfiguration(spec, secrets, &diagnostics) : nil
    litellmConfiguration = configuration.map { YAMLWriter.write([$0.document], header: [header]) }
  }

  /// One file of YAML documents.
  func file(_ path: String, _ documents: [YAMLValue]) -> Artifact {
    Artifact(path: path, text: YAMLWriter.write(documents, header: [header]))
  }
}
