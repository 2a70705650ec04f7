import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let settingWithoutEffect = Rule(
    8007, "setting-without-effect", .warning,
    summary: "a setting is written that the engine does not act on",
    rationale: """
      The file promises retries, fallbacks or traces, and whoever reads it counts on them in an outage. This release of
      Sluice's own runtime chooses by weight, asks one target once and reports through its log alone. A setting that says
      what the engine does anyway, such as `retries: 0`, promises nothing and is left alone.
      """,
    examples: [
      .flagged("routing: { ⟦strategy⟧: latency, ⟦retries⟧: 1, ⟦cooldown⟧: 30s, timeout: 60s }\n", base: .sluice),
      .flagged(
        """
        models:
          gpt-4o: { targets: [{ provider: openai, model: gpt-4o }], ⟦fallbacks⟧: [gpt-4o-mini] }
          gpt-4o-mini: { targets: [{ provider: openai, model: gpt-4o-mini }] }
        observability:
          ⟦metrics⟧: true
          ⟦traces⟧: { otlp: http://collector.observability.svc:4318 }

        """, base: .sluice),
      .flagged(
        "engine: { type: sluice, ⟦settings⟧: { workers: 4 } }\n", fixed: "engine: { type: sluice }\n", base: .sluice,
        hidden: true),
      .allowed(
        """
        routing: { strategy: weighted, retries: 0, cooldown: 0s, timeout: 60s }
        observability: { metrics: false, logs: json }

        """, base: .sluice),
      .allowed("routing: { strategy: latency, retries: 1, cooldown: 30s, timeout: 60s }\n"),
    ]
  ) { context, findings in
    guard let engine = context.knownEngine else { return }
    for (setting, place, edit) in context.askedSettings {
      guard let instead = engine.descriptor.unreadSettings[setting] else { continue }
      let other = EngineType.allCases.first { $0.descriptor.unreadSettings[setting] == nil }
      findings.add(
        "\(context.engineName) does not act on `\(setting.key)`", at: place, label: "without effect",
        related: context.engineLabel, notes: [instead],
        help: ["remove it" + (other.map { ", or write `type: \($0.rawValue)` under `engine`" } ?? "")],
        fixIts: context.removing(edit, .safe))
    }
  }
}

extension RuleContext {
  /// The written settings that ask something of the engine, the places of their keys and how to take them out.
  fileprivate var askedSettings: [(setting: EngineSetting, place: SourceSpan, removal: TextEdit?)] {
    var asked: [(setting: EngineSetting, place: SourceSpan, removal: TextEdit?)] = []
    func add<Value>(_ setting: EngineSetting, _ given: Setting<Value>?, where asks: (Value) -> Bool = { _ in true }) {
      guard let given, given.isWritten, asks(given.value) else { return }
      asked.append((setting, given.keySpan, removal(of: given)))
    }
    let routing = spec.routing.value
    add(.routingStrategy, routing.strategy) { $0 != .weighted }
    add(.routingRetries, routing.retries) { $0 > 0 }
    add(.routingCooldown, routing.cooldown) { $0 != .zero }
    for model in spec.models.value { add(.modelFallbacks, model.value.fallbacks) { !$0.isEmpty } }
    add(.metrics, spec.observability.value.metrics) { $0 }
    add(.traces, spec.observability.value.traces)
    add(.engineSettings, spec.engine.value.settings)
    return asked
  }
}
