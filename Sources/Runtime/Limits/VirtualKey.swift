/// The key of one client, and what it may do.
public final class VirtualKey: Sendable {
  /// What the spec calls it: fit for logs and metrics.
  public let name: String
  /// The models that it may ask for; `nil` for all.
  ///
  /// What stands in for a model when it fails is the operator's choice and is not looked for here.
  public let models: Set<String>?
  /// How often and for how much.
  public let limits: KeyLimits
  let secret: SecretValue

  /// Describes a key.
  public init(name: String, secret: SecretValue, models: Set<String>? = nil, limits: KeyLimits = KeyLimits()) {
    self.name = name
    self.secret = secret
    self.models = models
    self.limits = limits
  }

  /// Whether it may ask for a model.
  func mayUse(_ model: String) -> Bool { models?.contains(model) ?? true }
}

/// Who calls.
enum Caller: Sendable {
  /// Somebody, where nobody is asked for a key.
  case anybody
  /// An administrator.
  case master
  /// A client.
  case client(VirtualKey)

  /// The client's key, which has limits.
  var key: VirtualKey? {
    if case .client(let key) = self { key } else { nil }
  }

  /// Whether the caller may ask for a model.
  func mayUse(_ model: String) -> Bool { key?.mayUse(model) ?? true }
}
