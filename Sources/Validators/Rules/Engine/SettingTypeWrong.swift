import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let settingTypeWrong = Rule(
    8009, "setting-type-wrong", .error,
    summary: "a setting of LiteLLM has a value of the wrong type",
    rationale: """
      Some of these stop LiteLLM with a traceback, most do not. A text in the place of a number is compared with a number at
      the first request that comes near the limit, which is then answered 500. A text in the place of a flag counts as
      true whatever it says, `"false"` too. A reference such as `os.environ/NAME` may stand for any value.
      """,
    examples: [
      .flagged(
        "engine: { type: litellm, settings: { drop_params: ⟦\"false\"⟧ } }\n",
        fixed: "engine: { type: litellm, settings: { drop_params: false } }\n"),
      .flagged("engine: { type: litellm, settings: { allowed_fails: ⟦three⟧ } }\n"),
      .flagged(
        "engine: { type: litellm, settings: { cache: true, cache_params: { type: ⟦reddis⟧, host: redis.cache.svc } } }\n",
        fixed:
          "engine: { type: litellm, settings: { cache: true, cache_params: { type: redis, host: redis.cache.svc } } }\n"
      ),
      .allowed(
        """
        engine:
          type: litellm
          env: { REDIS_PORT: "6379" }
          settings: { drop_params: true, allowed_fails: 3, redis_port: os.environ/REDIS_PORT }

        """),
    ]
  ) { context, findings in
    func check(_ value: Setting<FreeValue>, _ key: String, as kind: LiteLLMSetting.Kind) {
      if case .map(let entries) = value.value, case .map(let known, _) = kind {
        for entry in entries { if let kind = known[entry.key] { check(entry.value, "\(key).\(entry.key)", as: kind) } }
      }
      guard !value.value.isTaken(as: kind) else { return }
      let corrected = value.value.corrected(to: kind)
      findings.add(
        "`\(key)` takes \(kind.description)", at: value.span, label: "is \(value.value.kindInWords)",
        related: context.engineLabel, help: [corrected.map { "write `\($0)`" } ?? "write \(kind.description)"],
        fixIts: corrected.map { [FixIt("write `\($0)`", .unsafe, replace: value.span, with: $0)] } ?? [])
    }
    for (key, value) in context.litellmSettings where LiteLLMSetting.decidedElsewhere[key] == nil {
      if let setting = LiteLLMSetting.named(key) { check(value, key, as: setting.kind) }
    }
  }
}

extension FreeValue {
  /// Whether LiteLLM takes the value for a setting of that kind. Nothing stands for the default, and a reference to an
  /// environment variable for any value.
  fileprivate func isTaken(as kind: LiteLLMSetting.Kind) -> Bool {
    switch (self, kind) {
    case (.null, _), (.boolean, .flag), (.integer, .count), (.integer, .number), (.number, .number), (.list, .list),
      (.map, .map), (.text, .text):
      true
    case (.text(let text), _) where text.hasPrefix("os.environ/"): true
    case (.text(let text), .choice(let words)): words.contains(text)
    case (.text(let text), .period): (try? SpecDuration(parsing: text)) != nil
    default: false
    }
  }

  /// What was probably meant, as it is to be written.
  fileprivate func corrected(to kind: LiteLLMSetting.Kind) -> String? {
    guard case .text(let text) = self else { return nil }
    switch kind {
    case .flag: return ["true", "false"].first { $0 == text.lowercased() }
    case .count: return Int(text).map(String.init)
    case .number: return Int(text).map(String.init) ?? Double(text).flatMap { $0.isFinite ? text : nil }
    case .choice(let words): return NameSuggestion.nearest(to: text, among: words)
    case .list: return text.utf8.allSatisfy { $0.isPlain } ? "[\(text)]" : nil
    case .text, .period, .map: return nil
    }
  }

  /// What the value is.
  fileprivate var kindInWords: String {
    switch self {
    case .null: "nothing"
    case .boolean(let flag): "`\(flag)`"
    case .integer, .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .map: "a mapping"
    }
  }
}

extension UInt8 {
  /// Whether it may stand in a plain scalar wherever it likes.
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
