import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let settingNotRead = Rule(
    8008, "setting-not-read", .warning,
    summary: "a setting is written that LiteLLM does not read",
    rationale: """
      LiteLLM ignores what it does not know: `drop_parms` starts, is ready, and drops nothing. Its own `--validate_config`
      passes such a file as well. Settings stand directly under `engine.settings`; which section of LiteLLM's file a key
      belongs to is looked up. A setting that is not read is left out of what is compiled.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, settings: { ⟦drop_parms⟧: true } }\n",
        fixed: "engine: { type: litellm, settings: { drop_params: true } }\n"),
      .flagged("engine: { type: litellm, settings: { ⟦general_settings⟧: { max_request_size_mb: 20 } } }\n"),
      .flagged(
        "engine: { type: litellm, settings: { retry_policy: { ⟦TimeoutRetries⟧: 3 } } }\n",
        fixed: "engine: { type: litellm, settings: { retry_policy: { TimeoutErrorRetries: 3 } } }\n", hidden: true),
      .allowed("engine: { type: litellm, settings: { drop_params: true, max_request_size_mb: 20 } }\n"),
    ]
  ) { context, findings in
    func report(_ key: String, at span: SourceSpan, among keys: some Sequence<String>) {
      let nearest = NameSuggestion.nearest(to: key, among: keys)
      findings.add(
        "\(context.engineName) reads no setting `\(key)`", at: span, label: "left out", related: context.engineLabel,
        help: [nearest.map { "a setting with a similar name is read: `\($0)`" } ?? "remove it"],
        fixIts: nearest.map { [FixIt("write `\($0)`", .unsafe, replace: span, with: $0)] } ?? [])
    }
    for (key, value) in context.litellmSettings {
      guard LiteLLMSetting.decidedElsewhere[key] == nil, key != "store_model_in_db" else { continue }
      if let setting = LiteLLMSetting.named(key) {
        guard case .map(let known, isClosed: true) = setting.kind, case .map(let entries) = value.value else {
          continue
        }
        for entry in entries where known[entry.key] == nil {
          report(entry.key, at: entry.value.keySpan, among: known.keys)
        }
      } else if let section = sections[key] {
        findings.add(
          "`\(key)` is a section of LiteLLM's file, not a setting", at: value.keySpan, label: "left out with all in it",
          related: context.engineLabel, help: [section])
      } else {
        report(key, at: value.keySpan, among: LiteLLMSetting.all.map(\.key))
      }
    }
  }

  /// The sections of LiteLLM's file that people carry over, and what to write instead.
  private static let sections: [String: String] = {
    let flat = "write its keys directly under `settings`; which section each belongs to is looked up"
    var sections = [
      "environment_variables": "write them under `engine.env`, secrets under `secrets.entries`",
      "callback_settings": "write what the callback reads under `engine.env`",
    ]
    for section in LiteLLMSetting.Section.allCases { sections[section.rawValue] = flat }
    return sections
  }()
}

extension RuleContext {
  /// What stands directly under `engine.settings`, if the engine is LiteLLM.
  var litellmSettings: [(key: String, value: Setting<FreeValue>)] {
    guard knownEngine == .litellm, let settings = spec.engine.value.settings?.known, case .map(let entries) = settings
    else { return [] }
    return entries
  }
}
