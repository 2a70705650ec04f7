import NIOCore

/// Why an attempt at a target brought no answer: what may be tried next, and what it says about the target.
struct AttemptFailure: Equatable, Sendable {
  /// The reasons that routing tells apart.
  enum Reason: Equatable, Sendable {
    /// No connection, or one that could not be trusted.
    case unreachable
    /// The connection broke, or what came is no answer.
    case broken
    /// No answer in time.
    case timedOut
    /// 429: later it will do.
    case rateLimited
    /// 402, or 429 because nothing is paid for any more: waiting does not help.
    case outOfQuota
    /// 5xx, 408, 409 and 425: the provider says that it is its own state.
    case serverError
    /// 401: the gateway's own key.
    case credentials
    /// 403 or 404: not here, perhaps elsewhere.
    case notHere
    /// The prompt is longer than the model takes.
    case contextTooLong
    /// The provider's content filter refused the prompt.
    case contentRefused
    /// Any other 4xx: no target will take the request.
    case invalidRequest
  }

  /// Who is to blame, for the health of the target.
  enum Blame: Equatable, Sendable {
    case nobody
    case target
    /// It cannot work before that time.
    case targetUntil(NIODeadline)
  }

  let reason: Reason
  /// How long the provider asked to be left alone.
  let retryAfter: TimeAmount?

  init(_ reason: Reason, retryAfter: TimeAmount? = nil) {
    self.reason = reason
    self.retryAfter = retryAfter
  }

  /// Whether another target of the same model may do better.
  var mayTryOthers: Bool {
    switch reason {
    case .contextTooLong, .contentRefused, .invalidRequest: false
    default: true
    }
  }

  /// Whether the same target may do better after a wait.
  var mayTryAgain: Bool {
    switch reason {
    case .unreachable, .broken, .timedOut, .rateLimited, .serverError: true
    default: false
    }
  }

  /// What it says about the target. A client can bring about a 403 or a 404 (a moderated prompt, the id of an earlier
  /// response), so these are held against nobody.
  ///
  /// A target that nothing can take the place of is not left alone for a rate limit, a key or an account: each request
  /// then learns the provider's own reason, and a target at its limit still serves what it can.
  func blame(_ settings: CircuitBreaker.Settings, isAlone: Bool, now: NIODeadline) -> Blame {
    switch reason {
    case .unreachable, .broken, .timedOut: .target
    case .serverError: retryAfter.map { .targetUntil(now + $0) } ?? .target
    case .rateLimited, .outOfQuota, .credentials:
      if let retryAfter {
        .targetUntil(now + retryAfter)
      } else {
        isAlone ? .nobody : .targetUntil(now + settings.cooldown)
      }
    case .notHere, .contextTooLong, .contentRefused, .invalidRequest: .nobody
    }
  }

}

extension AttemptFailure.Reason {
  /// The word for it in `x-sluice-tried` and in metrics: one of few.
  var label: String {
    switch self {
    case .unreachable: "unreachable"
    case .broken: "broken"
    case .timedOut: "timeout"
    case .rateLimited: "rate_limited"
    case .outOfQuota: "out_of_quota"
    case .serverError: "server_error"
    case .credentials: "credentials"
    case .notHere: "not_here"
    case .contextTooLong: "context_too_long"
    case .contentRefused: "content_refused"
    case .invalidRequest: "invalid_request"
    }
  }
}
