/// One probe with every default filled in: what rules judge and what the compiler writes.
public struct ResolvedProbe: Sendable {
  public let kind: ProbeKind
  public let path: Setting<HTTPPath>
  public let port: Setting<Port>
  public let initialDelay: Setting<SpecDuration>
  public let period: Setting<SpecDuration>
  public let timeout: Setting<SpecDuration>
  public let failureThreshold: Setting<Int>
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
