import NIOCore

/// The allowances of one key, kept on one event loop for all: the others draw shares from it.
///
/// A share is what a loop may use without asking. It is small beside what is left, and what a loop has not used within a
/// second it gives back, so that little is held where nobody calls. All shares and what is left here together are never
/// more than the limit.
struct KeyLedger: Equatable, Sendable {
  /// What a loop holds, or asks for, or gives back.
  struct Share: Equatable, Sendable {
    var requests = 0
    var tokens = 0
    /// Billionths of the currency's unit.
    var money: Int64 = 0
    var permits = 0

    static let nothing = Share()
  }

  /// What a loop is given; with it, what is left here, for the fields that tell clients.
  struct Grant: Equatable, Sendable {
    var share = Share()
    var refusal: LimitRefusal?
    var left = Share()
  }

  let limits: KeyLimits
  private var requests: TokenBucket?
  private var tokens: TokenBucket?
  private var permits: Int
  private var money: Int64
  private var periodEnd: NIODeadline?

  init(_ limits: KeyLimits, now: NIODeadline) {
    self.limits = limits
    requests = limits.requestsPerMinute.map { TokenBucket(perMinute: $0, now: now) }
    tokens = limits.tokensPerMinute.map { TokenBucket(perMinute: $0, now: now) }
    permits = limits.parallelRequests ?? 0
    money = limits.budget?.limit ?? 0
    periodEnd = limits.budget?.period.map { now + TimeAmount($0) }
  }

  /// The ledger under other limits: what is under way and what was spent still counts.
  func changed(to limits: KeyLimits, now: NIODeadline) -> KeyLedger {
    var ledger = KeyLedger(limits, now: now)
    if let old = self.limits.parallelRequests { ledger.permits -= old - permits }
    if let old = self.limits.budget {
      ledger.money -= old.limit - money
      if old.period == limits.budget?.period { ledger.periodEnd = periodEnd }
    }
    return ledger
  }

  /// Takes back what a loop does not need, a debt included.
  mutating func takeBack(_ share: Share, now: NIODeadline) {
    startPeriodIfDue(now: now)
    requests?.take(-share.requests, now: now)
    tokens?.take(-share.tokens, now: now)
    if let budget = limits.budget { money = min(budget.limit, money + share.money) }
    if let most = limits.parallelRequests { permits = min(most, permits + share.permits) }
  }

  /// Gives a loop what one more request needs and somewhat more, or says why not.
  ///
  /// - Parameters:
  ///   - held: what the loop still has, which comes back with the question.
  ///   - loops: among how many the limit is shared.
  mutating func draw(returning held: Share, loops: Int, now: NIODeadline) -> Grant {
    takeBack(held, now: now)
    var grant = Grant()
    grant.refusal = refusal(now: now)
    if grant.refusal == nil {
      if requests != nil {
        grant.share.requests = part(of: requests?.available(now: now) ?? 0, loops)
        requests?.take(grant.share.requests, now: now)
      }
      if tokens != nil {
        grant.share.tokens = part(of: tokens?.available(now: now) ?? 0, loops)
        tokens?.take(grant.share.tokens, now: now)
      }
      if limits.budget != nil {
        grant.share.money = max(1, money / Int64(8 * max(1, loops)))
        money -= grant.share.money
      }
      if limits.parallelRequests != nil {
        grant.share.permits = 1
        permits -= 1
      }
    }
    grant.left = Share(
      requests: requests?.available(now: now) ?? 0, tokens: tokens?.available(now: now) ?? 0, money: money,
      permits: permits)
    return grant
  }

  /// The first limit that is reached.
  private func refusal(now: NIODeadline) -> LimitRefusal? {
    if limits.budget != nil, money <= 0 {
      return LimitRefusal(limit: .budget, retryAfter: periodEnd.map { $0 - now })
    }
    if let most = limits.parallelRequests, permits <= 0 {
      return LimitRefusal(limit: .parallelRequests(most), retryAfter: nil)
    }
    if let perMinute = limits.requestsPerMinute, let wait = requests?.wait(for: 1, now: now), wait > .zero {
      return LimitRefusal(limit: .requests(perMinute: perMinute), retryAfter: wait)
    }
    if let perMinute = limits.tokensPerMinute, let wait = tokens?.wait(for: 1, now: now), wait > .zero {
      return LimitRefusal(limit: .tokens(perMinute: perMinute), retryAfter: wait)
    }
    return nil
  }

  /// The share of what is left: an eighth of what each loop would get, so that there are more shares to come.
  private func part(of left: Int, _ loops: Int) -> Int {
    max(1, left / (8 * max(1, loops)))
  }

  private mutating func startPeriodIfDue(now: NIODeadline) {
    guard let budget = limits.budget, let period = budget.period, let end = periodEnd, now >= end else { return }
    money = budget.limit
    let length = max(1, TimeAmount(period).nanoseconds)
    let passed = (now - end).nanoseconds / length
    periodEnd = end + .nanoseconds((passed + 1) * length)
  }
}
