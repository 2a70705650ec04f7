import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let promptsStored = Rule(
    8016, "prompts-stored", .note,
    summary: "prompts and answers are kept in the database without an end",
    rationale: """
      With `store_prompts_in_spend_logs` every prompt and every answer is written to a table of the database, next to the key
      that asked. They are then in its backups too, for as long as `maximum_spend_logs_retention_period` says, which is for
      ever unless it is set. Whoever answers for privacy should have decided that.
      """,
    examples: [
      .flagged("engine: { type: litellm, settings: { ⟦store_prompts_in_spend_logs⟧: true } }\n"),
      .allowed(
        """
        engine:
          type: litellm
          settings: { store_prompts_in_spend_logs: true, maximum_spend_logs_retention_period: 7d }

        """),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm, context.spec.database != nil,
      let setting = context.engineSetting("store_prompts_in_spend_logs"), case .boolean(true) = setting.value,
      context.engineSetting("maximum_spend_logs_retention_period") == nil
    else { return }
    let edit = context.addition(
      ofKey: "maximum_spend_logs_retention_period: 30d", to: context.spec.engine.value.settings?.span)
    findings.add(
      "prompts and answers are kept in the database for ever", at: setting.keySpan, label: "without an end",
      help: ["remove it, or write `maximum_spend_logs_retention_period: 30d` beside it"],
      fixIts: edit.map { [FixIt("keep them for 30 days", .unsafe, edits: [$0])] } ?? [])
  }
}
