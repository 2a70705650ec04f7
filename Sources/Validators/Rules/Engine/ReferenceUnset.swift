import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let referenceUnset = Rule(
    8020, "reference-unset", .error, concludesFromAbsence: true,
    summary: "a setting refers to an environment variable that nothing sets",
    rationale: """
      LiteLLM takes `os.environ/NAME` for the value of that variable, and for nothing where it is not set: it starts, reports
      itself ready, and answers 500 or connects without a password when the value is needed. The variables of the container
      are those of `engine.env` and of the secrets.
      """,
    examples: [
      .flagged(
        """
        engine:
          type: litellm
          env: { REDIS_PORT: "6379" }
          settings: { redis_host: redis.cache.svc, redis_port: ⟦os.environ/REDIS_PROT⟧ }

        """,
        fixed: """
          engine:
            type: litellm
            env: { REDIS_PORT: "6379" }
            settings: { redis_host: redis.cache.svc, redis_port: os.environ/REDIS_PORT }

          """),
      .allowed(
        """
        engine:
          type: litellm
          env: { REDIS_PORT: "6379" }
          settings: { redis_host: redis.cache.svc, redis_port: os.environ/REDIS_PORT }

        """),
    ]
  ) { context, findings in
    let settings = context.litellmSettings
    guard !settings.isEmpty, let names = context.containerVariables else { return }
    func check(_ value: Setting<FreeValue>) {
      switch value.value {
      case .text(let text) where text.hasPrefix(referencePrefix):
        let name = String(text.dropFirst(referencePrefix.count))
        guard !names.contains(name) else { return }
        let nearest = NameSuggestion.nearest(to: name, among: names)
        findings.add(
          "nothing sets the variable `\(name)`", at: value.span, label: "would be empty",
          help: [
            nearest.map { "a variable with a similar name is set: `\($0)`" }
              ?? "declare a secret with `env: \(name)`, or write the variable under `engine.env`"
          ],
          fixIts: nearest.map {
            [FixIt("write `\($0)`", .unsafe, replace: value.span, with: referencePrefix + $0)]
          } ?? [])
      case .list(let elements): for element in elements { check(element) }
      case .map(let entries): for entry in entries { check(entry.value) }
      default: break
      }
    }
    for (_, value) in settings { check(value) }
  }

  private static let referencePrefix = "os.environ/"
}

extension RuleContext {
  /// The environment variables of the container, as far as the spec says: its own and those of its secrets. `nil` where
  /// some of them could not be read.
  fileprivate var containerVariables: Set<String>? {
    let (variables, entries) = (spec.engine.value.env, spec.secrets.value.entries)
    guard !variables.isInvalid, variables.value.isWhole, !entries.isInvalid, entries.value.isWhole else { return nil }
    var uses: [EntryName: [SecretUse]] = [:]
    for use in secretUses { uses[use.secret.value, default: []].append(use) }
    let secrets = entries.value.map { spec.environmentVariable(of: $0, uses: uses[$0.name.value] ?? []).text }
    return Set(variables.value.map(\.name.value.text)).union(secrets).union(["HOME", "PATH", "HOSTNAME"])
  }
}
