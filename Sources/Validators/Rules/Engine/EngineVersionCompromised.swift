import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let engineVersionCompromised = Rule(
    8014, "engine-version-compromised", .error,
    summary: "this release of the engine must not run",
    rationale: """
      On 24 March 2026 the packages litellm 1.82.7 and 1.82.8 were published with code that reads every credential it finds
      and sends it away; they were withdrawn. Where one of them has run, all keys that the process could see are to be
      revoked: those of providers, the master key, the database's password, the tokens of the pod.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, version: ⟦1.82.7⟧ }\n", fixed: "engine: { type: litellm, version: 1.109.1 }\n"),
      .allowed("engine: { type: litellm, version: 1.109.1 }\n"),
    ]
  ) { context, findings in
    let version = context.spec.engine.value.version
    guard context.knownEngine != nil, let text = version.known?.text,
      let reason = context.engine.withdrawnVersions[text]
    else { return }
    let newest = context.engine.newestVersion
    findings.add(
      "\(context.engineName) \(reason)", at: version.span, label: "must not run",
      notes: ["where it has run, revoke every key that it could see"], help: ["write `\(newest)`, with its image"],
      fixIts: [FixIt("write `\(newest)`", .unsafe, replace: version.span, with: newest.text)])
  }
}
