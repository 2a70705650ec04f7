import SourceDiagnostics

/// The requests and limits of a replica with every default filled in.
public struct EffectiveResources: Sendable {
  /// One resource of the container.
  public struct Amounts: Sendable {
    /// What the scheduler sets aside.
    public let request: Setting<Quantity>
    /// What the container may use at most.
    public let limit: Setting<Quantity>
  }

  /// CPU in cores.
  public let cpu: Amounts
  /// Memory in bytes.
  public let memory: Amounts
  /// Disk of the container itself, in bytes.
  public let ephemeralStorage: Amounts
}

extension GatewaySpec {
  /// The resources of a replica. A default never contradicts what is written: a request is at most the written limit, a
  /// limit at least the written request.
  public var effectiveResources: EffectiveResources {
    let defaults = engine.value.descriptor.defaultResources
    let (requests, limits) = (resources.value.requests, resources.value.limits)
    func amounts(
      _ part: (ResourceAmounts) -> Setting<Quantity>?, _ request: Quantity, _ limit: Quantity
    ) -> EffectiveResources.Amounts {
      let (writtenRequest, writtenLimit) = (part(requests.value), part(limits.value))
      let leastLimit = writtenRequest.known() ?? request
      let mostRequest = writtenLimit.known() ?? limit
      return EffectiveResources.Amounts(
        request: writtenRequest ?? Setting(min(request, mostRequest), at: requests.keySpan, .defaulted),
        limit: writtenLimit ?? Setting(max(limit, leastLimit), at: limits.keySpan, .defaulted))
    }
    return EffectiveResources(
      cpu: amounts(\.cpu, defaults.cpuRequest, defaults.cpuLimit),
      memory: amounts(\.memory, defaults.memoryRequest, defaults.memoryLimit),
      ephemeralStorage: amounts(
        \.ephemeralStorage, defaults.ephemeralStorageRequest, defaults.ephemeralStorageLimit))
  }
}
