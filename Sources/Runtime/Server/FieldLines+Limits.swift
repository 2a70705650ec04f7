import HTTP1
import NIOCore

extension FieldLines {
  /// Says when another try may succeed: in whole seconds, rounded up (RFC 9110, 10.2.3), and in milliseconds, as OpenAI's
  /// clients read first.
  mutating func addRetryAfter(_ time: TimeAmount) {
    let milliseconds = max(1, (time.nanoseconds + 999_999) / 1_000_000)
    add("retry-after", String((milliseconds + 999) / 1000))
    add("retry-after-ms", String(milliseconds))
  }

  /// Says what a key may still do, in the fields in which OpenAI says it.
  mutating func addLimits(_ share: KeyShare) {
    if let limit = share.limits.requestsPerMinute {
      add("x-ratelimit-limit-requests", String(limit))
      add("x-ratelimit-remaining-requests", String(max(0, share.held.requests + share.left.requests)))
    }
    if let limit = share.limits.tokensPerMinute {
      add("x-ratelimit-limit-tokens", String(limit))
      add("x-ratelimit-remaining-tokens", String(max(0, share.held.tokens + share.left.tokens)))
    }
  }

  /// Says which limit was reached and when it will not be any more.
  mutating func addRefusal(_ refusal: LimitRefusal) {
    guard let time = refusal.retryAfter else { return }
    addRetryAfter(time)
    let seconds = "\((time.nanoseconds + 999_999_999) / 1_000_000_000)s"
    switch refusal.limit {
    case .requests: add("x-ratelimit-reset-requests", seconds)
    case .tokens: add("x-ratelimit-reset-tokens", seconds)
    case .parallelRequests, .budget: break
    }
  }
}
