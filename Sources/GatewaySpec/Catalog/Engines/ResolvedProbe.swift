/// One probe with every default filled in: what rules judge and what the compiler writes.
public struct ResolvedProbe: Sendable {
  /// Which probe it is.
  public let kind: ProbeKind
  /// The endpoint that is asked.
  public let path: Setting<HTTPPath>
  /// The port that is asked.
  public let port: Setting<Port>
  /// The wait before the first question.
  public let initialDelay: Setting<SpecDuration>
  /// The time between questions.
  public let period: Setting<SpecDuration>
  /// How long an answer may take.
  public let timeout: Setting<SpecDuration>
  /// How many failures in a row count.
  public let failureThreshold: Setting<Int>
  /// How many successes in a row count.
  public let successThreshold: Setting<Int>

  /// The longest time from the start of the container to the failure that acts.
  public var budget: SpecDuration {
    SpecDuration(
      milliseconds: initialDelay.value.milliseconds + period.value.milliseconds * Int64(failureThreshold.value))
  }

  init(_ kind: ProbeKind, written: Setting<ProbeSection>?, server: Setting<ServerSection>, engine: EngineDescriptor) {
    let place = written?.keySpan ?? server.keySpan
    func setting<Value>(_ given: Setting<Value>?, else value: Value) -> Setting<Value> {
      given ?? Setting(value, at: place, written?.isInvalid == true ? .invalid : .defaulted)
    }
    let section = written?.value
    self.kind = kind
    path = setting(section?.path, else: engine.probePaths[kind] ?? .placeholder)
    port = section?.port ?? server.value.port
    initialDelay = setting(section?.initialDelay, else: .seconds(0))
    period = setting(section?.period, else: kind == .liveness ? .seconds(15) : .seconds(10))
    timeout = setting(section?.timeout, else: kind == .liveness ? .seconds(5) : .seconds(3))
    // Three times the engine's start time, so that a slow node is not taken for a broken one.
    let startupFailures = max(3, Int(engine.startTime.milliseconds * 3 / max(1, period.value.milliseconds)))
    failureThreshold = setting(section?.failureThreshold, else: kind == .startup ? startupFailures : 3)
    successThreshold = setting(section?.successThreshold, else: 1)
  }
}

extension GatewaySpec {
  /// The three probes with every default filled in.
  public var resolvedProbes: [ResolvedProbe] {
    ProbeKind.allCases.map {
      ResolvedProbe($0, written: server.value.probes.value[$0], server: server, engine: engine.value.descriptor)
    }
  }
}
