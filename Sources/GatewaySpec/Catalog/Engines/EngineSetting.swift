/// A setting of the spec that one engine acts on and another may not; the raw value is its path.
public enum EngineSetting: String, CaseIterable, Sendable {
  case routingStrategy = "routing.strategy"
  case routingRetries = "routing.retries"
  case routingCooldown = "routing.cooldown"
  case modelFallbacks = "models.*.fallbacks"
  case metrics = "observability.metrics"
  case traces = "observability.traces"
  case engineSettings = "engine.settings"

  /// The last part of its path.
  public var key: String { String(rawValue.split(separator: ".").last ?? "") }
}
