import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let pathNotWritable = Rule(
    6010, "path-not-writable", .error,
    summary: "an environment variable names a folder that the container cannot write to",
    rationale: """
      The compiled container has a read-only root file system, with an empty folder at `/tmp`. LiteLLM unpacks its admin
      page and its migrations when it starts and lays caches under the home folder; where it may not, it ends with
      "Read-only file system". The compiler points all of them to `/tmp`, and a variable of the spec replaces that.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, env: { LITELLM_UI_PATH: ⟦/app/ui⟧, LITELLM_MODE: PRODUCTION } }\n",
        fixed: "engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION } }\n"),
      .allowed("engine: { type: litellm, env: { PROMETHEUS_MULTIPROC_DIR: /tmp/prometheus } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm else { return }
    for variable in context.spec.engine.value.env.value where writtenFolders.contains(variable.name.value.text) {
      guard let path = variable.setting.known?.text, path != "/tmp", !path.hasPrefix("/tmp/") else { continue }
      let name = variable.name.value.text
      findings.add(
        "`\(name)` names `\(path)`, which is read-only in the container", at: variable.setting.span,
        label: "cannot be written",
        help: [
          name == "PROMETHEUS_MULTIPROC_DIR" || name == "TMPDIR"
            ? "write a folder below `/tmp`" : "remove it: a folder below `/tmp` is compiled"
        ],
        fixIts: context.removing(context.removal(of: variable)))
    }
  }

  /// The variables that name a folder to which LiteLLM writes.
  private static let writtenFolders: Set<String> = [
    "HOME", "LITELLM_UI_PATH", "LITELLM_ASSETS_PATH", "LITELLM_MIGRATION_DIR", "PROMETHEUS_MULTIPROC_DIR", "TMPDIR",
  ]
}
