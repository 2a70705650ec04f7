import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let modelsStoredInDatabase = Rule(
    8002, "models-stored-in-database", .warning,
    summary: "models and settings may be changed in LiteLLM's database",
    rationale: """
      With `STORE_MODEL_IN_DB` whoever has the admin page can add models and change settings, and a row of the database wins
      over the file. From then on this spec no longer says what runs, and a change of it may have no effect.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, env: { STORE_MODEL_IN_DB: ⟦\"True\"⟧ } }\n",
        fixed: "engine: { type: litellm, env: {} }\n"),
      .flagged(
        "engine: { type: litellm, settings: { drop_params: true, store_model_in_db: ⟦true⟧ } }\n",
        fixed: "engine: { type: litellm, settings: { drop_params: true } }\n"),
      .allowed("engine: { type: litellm, env: { STORE_MODEL_IN_DB: \"False\" } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm else { return }
    func report(_ span: SourceSpan, _ edit: TextEdit?) {
      findings.add(
        "models in the database would win over this file", at: span, label: "the file is no longer the truth",
        help: ["remove the line, and declare models here"], fixIts: context.removing(edit))
    }
    if let variable = context.environmentValue("STORE_MODEL_IN_DB"), variable.known?.isTrue == true {
      report(variable.span, context.removal(of: variable))
    }
    if let setting = context.engineSetting("store_model_in_db"), case .boolean(true) = setting.value {
      report(setting.span, context.removal(of: setting))
    }
  }
}
