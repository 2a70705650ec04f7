import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let settingNeedsDatabase = Rule(
    8018, "setting-needs-database", .warning, concludesFromAbsence: true,
    summary: "a setting is about LiteLLM's database, and there is none",
    rationale: """
      Spend logs, stored prompts and connection timeouts are LiteLLM's way with its database. Without one the settings are read
      and change nothing: no spend is kept, whatever its retention.
      """,
    examples: [
      .flagged(
        """
        engine: { type: litellm, settings: { drop_params: true, ⟦maximum_spend_logs_retention_period⟧: 30d } }
        secrets: { entries: { master-key: {}, openai-key: {} } }

        """,
        fixed: """
          engine: { type: litellm, settings: { drop_params: true } }
          secrets: { entries: { master-key: {}, openai-key: {} } }

          """, base: .sluice),
      .allowed("engine: { type: litellm, settings: { maximum_spend_logs_retention_period: 30d } }\n"),
    ]
  ) { context, findings in
    guard context.spec.database == nil else { return }
    for (key, value) in context.litellmSettings where LiteLLMSetting.named(key)?.needsDatabase == true {
      findings.add(
        "`\(key)` is about a database, and there is none", at: value.keySpan, label: "has no effect",
        help: ["remove it, or add the section `database`"],
        fixIts: context.removing(context.removal(of: value), .safe))
    }
  }
}
