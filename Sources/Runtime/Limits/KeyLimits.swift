/// What a client's key may do; `nil` is no limit.
public struct KeyLimits: Sendable, Equatable {
  /// Requests in a minute.
  public var requestsPerMinute: Int?
  /// Tokens in a minute, those of requests and answers together.
  public var tokensPerMinute: Int?
  /// Requests at one time.
  public var parallelRequests: Int?
  /// What may be spent.
  public var budget: KeyBudget?

  /// Sets limits.
  public init(
    requestsPerMinute: Int? = nil, tokensPerMinute: Int? = nil, parallelRequests: Int? = nil, budget: KeyBudget? = nil
  ) {
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
    self.parallelRequests = parallelRequests
    self.budget = budget
  }

  /// Whether there is nothing to count.
  var isEmpty: Bool { self == KeyLimits() }
}

/// An amount of money for a period.
public struct KeyBudget: Sendable, Equatable {
  /// Billionths of the currency's unit.
  public var limit: Int64
  /// When it starts again from nothing; `nil` for never.
  public var period: Duration?

  /// Sets an amount.
  public init(limit: Int64, period: Duration? = nil) {
    self.limit = limit
    self.period = period
  }
}
