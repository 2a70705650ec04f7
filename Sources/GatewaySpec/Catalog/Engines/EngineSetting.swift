/// A setting of the spec that one engine acts on and another may not; the raw value is its path.
public enum EngineSetting: String, CaseIterable, Sendable {
  case routingBackoff = "routing.backoff"
  case routingBreaker = "routing.breaker"
  case metrics = "observability.metrics"
  case traces = "observability.traces"
  case engineSettings = "engine.settings"

  /// The last part of its path.
  public var key: String { String(rawValue.split(separator: ".").last ?? "") }
}
