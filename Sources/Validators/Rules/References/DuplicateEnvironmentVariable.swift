import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let duplicateEnvironmentVariable = Rule(
    2006, "duplicate-environment-variable", .error,
    summary: "one environment variable is set from two places",
    rationale: """
      A container's list of variables may hold a name twice; the last one wins without a word. Which of two keys the
      gateway then sends to a provider depends on the order of a list. A secret that names no variable takes that of its
      use, such as `LITELLM_MASTER_KEY`, or else its own name in upper case.
      """,
    examples: [
      .flagged(
        """
        secrets:
          delivery: environment
          entries:
            master-key: { env: OPENAI_API_KEY }
            openai-key: { env: ⟦OPENAI_API_KEY⟧ }

        """, base: .sluice),
      .flagged(
        """
        engine:
          type: litellm
          env: { ⟦OPENAI_API_KEY⟧: "", LITELLM_MODE: PRODUCTION }

        """,
        fixed: """
          engine:
            type: litellm
            env: { LITELLM_MODE: PRODUCTION }

          """),
      .allowed(
        """
        engine:
          type: litellm
          env: { LITELLM_MODE: PRODUCTION }

        """),
    ]
  ) { context, findings in
    guard let delivery = context.spec.secrets.value.delivery.known,
      delivery == .externalSecrets || delivery == .environment, context.knownEngine != nil
    else { return }
    let uses = Dictionary(grouping: context.secretUses, by: \.secret.value)
    var first: [EnvironmentVariableName: SourceSpan] = [:]
    for secret in context.spec.secrets.value.entries.value where secret.value.env?.isInvalid != true {
      if secret.setting.isInvalid { continue }
      let name = context.spec.environmentVariable(of: secret, uses: uses[secret.name.value] ?? [])
      let place = secret.value.env?.span ?? secret.name.span
      guard let earlier = first[name] else {
        first[name] = place
        continue
      }
      findings.add(
        "two secrets are delivered in the environment variable `\(name)`", at: place, label: "the second one",
        related: [Diagnostic.Label(earlier, "the first one")], help: ["give each secret an `env` of its own"])
    }
    for variable in context.spec.engine.value.env.value where !variable.setting.isInvalid {
      guard let earlier = first[variable.name.value],
        !CredentialShape.isCredential(variable.value.text, named: variable.name.value.text)
      else { continue }
      findings.add(
        "the environment variable `\(variable.name.value)` is set here and by a secret", at: variable.name.span,
        label: "set here", related: [Diagnostic.Label(earlier, "and by this secret")],
        help: ["remove it from `engine.env`"], fixIts: context.removing(context.removal(of: variable)))
    }
  }
}
