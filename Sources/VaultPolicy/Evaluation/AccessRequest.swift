/// What a request does, as Vault's router names it.
public enum Operation: String, CaseIterable, Sendable, Hashable {
  case read, create, update, patch, delete, list, recover
  /// Asks for documentation; always allowed.
  case help
  case renew, revoke, rollback

  /// The capability it needs; `help` needs none.
  public var capability: Capability? {
    switch self {
    case .read: .read
    case .create: .create
    case .update, .renew, .revoke, .rollback: .update
    case .patch: .patch
    case .delete: .delete
    case .list: .list
    case .recover: .recover
    case .help: nil
    }
  }

  /// Whether the parameter constraints of a rule are asked about it. Delete and list are not.
  var isCheckedForParameters: Bool {
    switch self {
    case .read, .create, .update, .patch, .recover: true
    case .delete, .list, .help, .renew, .revoke, .rollback: false
    }
  }
}

/// A request to be judged by an ``ACL``.
public struct AccessRequest: Hashable, Sendable {
  /// What it does.
  public var operation: Operation
  /// The API path without `/v1/`, such as `litellm/data/api-keys`; leading slashes are dropped. Vault appends a slash
  /// to every LIST path before the check, so write it.
  public var path: String
  /// The parameters of the body or query.
  public var data: [String: ParameterValue]
  /// The time for which the answer is to be wrapped; `nil` when it is not.
  public var wrapTTL: Duration?
  /// Whether the server marks the path as root-protected, so that `sudo` is needed too.
  public var requiresSudo: Bool

  /// Makes a request.
  public init(
    _ operation: Operation, _ path: String, data: [String: ParameterValue] = [:], wrapTTL: Duration? = nil,
    requiresSudo: Bool = false
  ) {
    self.operation = operation
    self.path = path
    self.data = data
    self.wrapTTL = wrapTTL
    self.requiresSudo = requiresSudo
  }
}
