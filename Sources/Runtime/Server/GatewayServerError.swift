/// Why the gateway could not start.
public struct GatewayServerError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure that a caller may want to tell apart.
  public enum Kind: Sendable, Equatable {
    /// Another process listens on the address.
    case addressInUse
    /// This process may not listen there, as on ports below 1024 without the capability.
    case permissionDenied
    /// The address is not one of this machine.
    case addressNotAvailable
    /// Anything else that the system said when listening.
    case listenFailed
    /// The system's trust roots for TLS could not be loaded.
    case tlsSetupFailed
  }

  /// What kind of failure it is.
  public let kind: Kind
  /// A sentence for the person who started the gateway, without a full stop.
  public let message: String

  /// The message.
  public var description: String { message }
}
