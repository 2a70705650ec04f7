import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let masterKeyCheckOff = Rule(
    8011, "master-key-check-off", .warning,
    summary: "the check that the master key is there and strong is switched off",
    rationale: """
      LiteLLM refuses to start when its master key is missing, empty or one from a tutorial such as `sk-1234`, since too many
      of them were found open on the internet. The permission is made for tests. Beside a real master key it changes
      nothing until the day the secret is empty, and on that day the gateway is open to all.
      """,
    examples: [
      .flagged(
        """
        engine:
          type: litellm
          env:
            LITELLM_MODE: PRODUCTION
            ⟦LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY⟧: "true"

        """,
        fixed: """
          engine:
            type: litellm
            env:
              LITELLM_MODE: PRODUCTION

          """),
      .flagged(
        "engine: { type: litellm, settings: { ⟦dangerously_permit_weak_or_unset_master_key⟧: true } }\n", hidden: true),
      .allowed("engine: { type: litellm, env: { LITELLM_MODE: PRODUCTION } }\n"),
    ]
  ) { context, findings in
    // Without a master key GW4015 and GW4016 say what that means.
    guard context.knownEngine == .litellm, !context.lacksMasterKey else { return }
    func report(_ span: SourceSpan, _ edit: TextEdit?) {
      findings.add(
        "LiteLLM would start with a weak or an empty master key", at: span, label: "open when the secret is empty",
        help: ["remove it"], fixIts: context.removing(edit))
    }
    let name = "LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY"
    if let variable = context.environmentValue(name), variable.known?.isTrue == true {
      report(variable.keySpan, context.removal(of: variable))
    }
    if let setting = context.engineSetting(name.dropFirst("LITELLM_".count).lowercased()),
      case .boolean(true) = setting.value
    {
      report(setting.keySpan, context.removal(of: setting))
    }
  }
}
