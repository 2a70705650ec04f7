import GatewaySpec
import NIOCore

/// An answer of a provider that says that it failed, read from the status, the body and the header fields in any dialect.
struct UpstreamFailure: Error, Equatable {
  /// What it means for routing.
  enum Kind: Equatable, Sendable {
    /// The request itself is at fault, and would be everywhere.
    case invalidRequest
    /// More tokens than the model takes; one with a larger context may do.
    case contextOverflow
    /// A filter refused prompt or answer; another model may not.
    case contentPolicy
    /// The gateway's key was refused.
    case authentication
    /// The key may not do that, or not from here.
    case permission
    /// The money or the quota is used up: no retry helps until somebody acts.
    case quotaExhausted
    /// The provider does not have the model.
    case notFound
    /// Too many requests or tokens for now.
    case rateLimited
    /// The provider has no room for now.
    case overloaded
    /// It did not answer in time.
    case timeout
    /// Something else failed at the provider.
    case server
  }

  /// The provider's status, or the one that stands for an error inside a stream.
  var status: Int
  /// What it means.
  var kind: Kind
  /// The provider's words, without what may show a key; `nil` if there are none.
  var message: String?
  /// OpenAI's `code`, such as `context_length_exceeded`.
  var code: String?
  /// OpenAI's `type`.
  var type: String?
  /// OpenAI's `param`.
  var param: String?
  /// How long the provider asks to be left alone.
  var retryAfter: Duration?
  /// The body in the client's dialect, if the provider's is that and may be shown.
  var original: ByteBuffer?

  /// Whether the same request to the same target may succeed a little later.
  var mayRetry: Bool {
    switch kind {
    case .rateLimited, .overloaded, .timeout, .server: true
    case .invalidRequest, .contextOverflow, .contentPolicy, .authentication, .permission, .quotaExhausted, .notFound:
      false
    }
  }

  /// Whether the same request to another target of the model may succeed.
  var mayTryElsewhere: Bool { kind != .invalidRequest && kind != .contextOverflow && kind != .contentPolicy }
}
