public import GatewaySpec

/// How the requests of a model find their target, and what happens when one fails.
public struct RoutingPolicy: Sendable {
  /// How one of several targets is chosen.
  public var strategy: RoutingStrategy
  /// How often a failed request is tried again before the fallbacks.
  public var retries: Int
  /// How long an attempt may take: to the complete answer, or to the first event of a stream.
  public var attemptTimeout: Duration
  /// The wait before the first retry at a target that has failed; each further one doubles it.
  public var backoff: Duration
  /// No wait is longer, whatever a provider asks for.
  public var maximumBackoff: Duration
  /// How long a failing target is left alone; zero never leaves one alone.
  public var cooldown: Duration
  /// How many failures in a row count as failing.
  public var consecutiveFailures: Int
  /// The share of recent requests that counts as failing, in hundredths.
  public var failurePercentage: Int
  /// How many recent requests there must be for the share to count.
  public var minimumRequests: Int

  /// Makes a policy; what is left out has the defaults of the language.
  public init(
    strategy: RoutingStrategy = .weighted, retries: Int = 2, attemptTimeout: Duration = .seconds(120),
    backoff: Duration = .milliseconds(500), maximumBackoff: Duration = .seconds(8), cooldown: Duration = .seconds(5),
    consecutiveFailures: Int = 3, failurePercentage: Int = 50, minimumRequests: Int = 10
  ) {
    self.strategy = strategy
    self.retries = retries
    self.attemptTimeout = attemptTimeout
    self.backoff = backoff
    self.maximumBackoff = maximumBackoff
    self.cooldown = cooldown
    self.consecutiveFailures = consecutiveFailures
    self.failurePercentage = failurePercentage
    self.minimumRequests = minimumRequests
  }
}

/// The models that are tried in place of another, by the reason for which it failed.
public struct ModelFallbacks: Sendable, Equatable {
  /// When every target has failed.
  public var onFailure: [String]
  /// When the prompt is longer than the model takes.
  public var onContextTooLong: [String]
  /// When a content filter refused the prompt.
  public var onContentRefused: [String]

  /// Names models by their public names.
  public init(onFailure: [String] = [], onContextTooLong: [String] = [], onContentRefused: [String] = []) {
    self.onFailure = onFailure
    self.onContextTooLong = onContextTooLong
    self.onContentRefused = onContentRefused
  }
}
