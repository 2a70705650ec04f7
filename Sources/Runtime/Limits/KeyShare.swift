import NIOCore

/// One event loop's part of the allowances of one key.
struct KeyShare: Equatable, Sendable {
  /// After this time without a request a loop gives back what it holds.
  static let idle = TimeAmount.seconds(1)

  let limits: KeyLimits
  private(set) var held = KeyLedger.Share.nothing
  /// What was left at the ledger when it was last asked.
  private(set) var left = KeyLedger.Share.nothing
  private var used = NIODeadline.uptimeNanoseconds(0)

  init(_ limits: KeyLimits) {
    self.limits = limits
    if limits.isEmpty { used = .distantFuture }
  }

  /// Admits a request if the share has what it takes; otherwise the ledger has to be asked.
  mutating func admit(now: NIODeadline) -> Bool {
    if limits.isEmpty { return true }
    used = now
    let suffices =
      (limits.requestsPerMinute == nil || held.requests > 0) && (limits.tokensPerMinute == nil || held.tokens > 0)
      && (limits.budget == nil || held.money > 0) && (limits.parallelRequests == nil || held.permits > 0)
    guard suffices else { return false }
    if limits.requestsPerMinute != nil { held.requests -= 1 }
    if limits.parallelRequests != nil { held.permits -= 1 }
    return true
  }

  /// Puts a grant to what is held, and admits the request that asked for it. What it was asked with has gone back.
  mutating func receive(_ grant: KeyLedger.Grant, now: NIODeadline) -> LimitRefusal? {
    held.requests += grant.share.requests
    held.tokens += grant.share.tokens
    held.money += grant.share.money
    held.permits += grant.share.permits
    left = grant.left
    if let refusal = grant.refusal { return refusal }
    // Others of this loop may have been faster with what came.
    return admit(now: now) ? nil : LimitRefusal(limit: shortest, retryAfter: .seconds(1))
  }

  /// Books what an admitted request took. The permit goes back to the ledger at once, for another loop may wait for it.
  mutating func finish(tokens: Int, cost: Int64) -> KeyLedger.Share {
    if limits.tokensPerMinute != nil { held.tokens -= tokens }
    if limits.budget != nil { held.money -= cost }
    return limits.parallelRequests == nil ? .nothing : KeyLedger.Share(permits: 1)
  }

  /// Everything that is held, to be given back with a question.
  mutating func handOver() -> KeyLedger.Share {
    defer { held = .nothing }
    return held
  }

  /// What has lain unused for a while, debts included.
  mutating func surplus(now: NIODeadline) -> KeyLedger.Share? {
    guard held != .nothing, now - used >= Self.idle else { return nil }
    return handOver()
  }

  private var shortest: LimitRefusal.Limit {
    if let most = limits.parallelRequests, held.permits <= 0 { return .parallelRequests(most) }
    if let perMinute = limits.requestsPerMinute, held.requests <= 0 { return .requests(perMinute: perMinute) }
    if let perMinute = limits.tokensPerMinute, held.tokens <= 0 { return .tokens(perMinute: perMinute) }
    return .budget
  }
}
