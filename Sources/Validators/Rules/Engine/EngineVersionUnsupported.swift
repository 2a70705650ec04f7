import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let engineVersionUnsupported = Rule(
    8013, "engine-version-unsupported", .note,
    summary: "the catalogue describes another release of the engine",
    rationale: """
      Endpoints, settings, variables and start times are known of one release. Of another one they mostly hold, and a finding
      may be wrong, or one may be missing: LiteLLM brings out several releases a week, and renames settings between them.
      """,
    examples: [
      .flagged("engine: { type: litellm, version: ⟦1.74.0⟧ }\n"),
      .allowed("engine: { type: litellm, version: 1.109.1 }\n"),
    ]
  ) { context, findings in
    let version = context.spec.engine.value.version
    let known = context.engine.newestVersion
    guard context.knownEngine != nil, version.isWritten, context.engine.withdrawnVersions[version.value.text] == nil,
      (version.value.major, version.value.minor) != (known.major, known.minor)
    else { return }
    findings.add(
      "\(context.engineName) is checked as if it were \(known)", at: version.span,
      label: version.value < known ? "older than what is known" : "newer than what is known",
      help: ["write `\(known)` with its image, or try what is compiled before it is applied"])
  }
}
