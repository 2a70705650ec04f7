import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let requestsWithoutKeyCheck = Rule(
    8017, "requests-without-key-check", .warning,
    summary: "while the database is down LiteLLM answers requests without checking their key",
    rationale: """
      Keys, budgets and limits stand in the database. With `allow_requests_on_db_unavailable` LiteLLM serves whoever asks when
      it cannot be reached, so that making the database unreachable is a way in. It is made for a network that only trusted
      callers can reach; readiness stays 200 as well, and nothing tells that the check is off.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, settings: { drop_params: true, ⟦allow_requests_on_db_unavailable⟧: true } }\n",
        fixed: "engine: { type: litellm, settings: { drop_params: true } }\n"),
      .allowed("engine: { type: litellm, settings: { allow_requests_on_db_unavailable: false } }\n"),
    ]
  ) { context, findings in
    guard context.knownEngine == .litellm, context.spec.database != nil,
      let setting = context.engineSetting("allow_requests_on_db_unavailable"), case .boolean(true) = setting.value
    else { return }
    findings.add(
      "no key is checked while the database is down", at: setting.keySpan, label: "open then", help: ["remove it"],
      fixIts: context.removing(context.removal(of: setting)))
  }
}
