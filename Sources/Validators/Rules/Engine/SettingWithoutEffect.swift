import GatewaySpec
import SourceDiagnostics

extension Rule {
  static let settingWithoutEffect = Rule(
    8007, "setting-without-effect", .warning,
    summary: "a setting is written that the engine does not act on",
    rationale: """
      The file promises metrics, traces or a way of waiting, and whoever reads it counts on that in an outage. LiteLLM has
      rules of its own for how long it waits and when a target counts as failing; this release of Sluice's own runtime
      reports through its log alone. A setting that says what the engine does anyway, such as `metrics: false`, promises
      nothing and is left alone.
      """,
    examples: [
      .flagged("routing: { retries: 1, ⟦backoff⟧: { max: 2s }, ⟦breaker⟧: { consecutiveFailures: 5 } }\n"),
      .flagged(
        """
        observability:
          ⟦metrics⟧: true
          ⟦traces⟧: { otlp: http://collector.observability.svc:4318 }

        """, base: .sluice),
      .flagged(
        "engine: { type: sluice, ⟦settings⟧: { workers: 4 } }\n", fixed: "engine: { type: sluice }\n", base: .sluice,
        hidden: true),
      .allowed(
        """
        routing: { strategy: latency, retries: 1, cooldown: 30s, timeout: 60s, backoff: { max: 2s } }
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
    add(.routingBackoff, routing.backoff)
    add(.routingBreaker, routing.breaker)
    add(.metrics, spec.observability.value.metrics) { $0 }
    add(.traces, spec.observability.value.traces)
    add(.engineSettings, spec.engine.value.settings)
    return asked
  }
}
