/// What one event loop has measured of requests and of its targets since the start. Each loop has its own; a scrape adds
/// them up.
///
/// Cardinality is bounded by the spec: routes come from the endpoint table, models and targets from the spec, statuses
/// from HTTP. Nothing that a client can choose becomes a label.
struct RequestMetrics: Equatable, Sendable {
  /// One series of counted requests.
  struct RequestSeries: Hashable, Sendable {
    let route: String
    let model: String?
    let status: Int
  }

  /// A route and a model.
  struct RouteAndModel: Hashable, Sendable {
    let route: String
    let model: String?
  }

  /// Tokens that a model has read and written.
  struct Tokens: Equatable, Sendable {
    var input = 0
    /// The part of ``input`` that the provider had in its cache.
    var cachedInput = 0
    var output = 0
  }

  /// What happened to calls of one target.
  struct Target: Equatable, Sendable {
    /// Calls that were made, retries included.
    var calls = 0
    /// Failed calls by reason; the reasons are few.
    var failures: [String: Int] = [:]
    /// How often it was left alone because it failed.
    var cooldowns = 0
  }

  /// A finished request.
  struct Observation {
    var route: String
    var model: String?
    var status: Int
    /// From the complete head to the last byte handed to the kernel, in nanoseconds.
    var duration: Int64
    /// The part of ``duration`` in which the gateway waited for a provider or for the client, in nanoseconds.
    var waiting: Int64
    /// From the complete head to the first byte of an event stream's content, in nanoseconds; `nil` if it was none.
    var firstToken: Int64?
    var tokens: Tokens?
  }

  private(set) var requests: [RequestSeries: Int] = [:]
  private(set) var durations: [RouteAndModel: LatencyHistogram] = [:]
  private(set) var firstTokens: [String: LatencyHistogram] = [:]
  private(set) var overhead = LatencyHistogram(.overhead)
  private(set) var tokens: [String: Tokens] = [:]
  private(set) var targets: [String: Target] = [:]

  /// Counts a finished request.
  mutating func observe(_ request: Observation) {
    requests[RequestSeries(route: request.route, model: request.model, status: request.status), default: 0] += 1
    durations[RouteAndModel(route: request.route, model: request.model), default: LatencyHistogram(.requests)]
      .record(request.duration)
    overhead.record(request.duration - request.waiting)
    guard let model = request.model else { return }
    if let firstToken = request.firstToken {
      firstTokens[model, default: LatencyHistogram(.requests)].record(firstToken)
    }
    if let used = request.tokens { tokens[model, default: Tokens()] += used }
  }

  /// Counts a call to a target.
  mutating func called(_ target: String) {
    targets[target, default: Target()].calls += 1
  }

  /// Counts a failed call; `reason` is one of few.
  mutating func failed(_ target: String, reason: String) {
    targets[target, default: Target()].failures[reason, default: 0] += 1
  }

  /// Counts that a target is left alone from now on.
  mutating func cooled(_ target: String) {
    targets[target, default: Target()].cooldowns += 1
  }

  /// Adds what another loop has measured.
  static func += (left: inout RequestMetrics, right: RequestMetrics) {
    left.requests.merge(right.requests, uniquingKeysWith: +)
    left.durations.merge(right.durations, uniquingKeysWith: +)
    left.firstTokens.merge(right.firstTokens, uniquingKeysWith: +)
    left.overhead += right.overhead
    left.tokens.merge(right.tokens, uniquingKeysWith: +)
    left.targets.merge(right.targets, uniquingKeysWith: +)
  }
}

extension LatencyHistogram {
  fileprivate static func + (left: LatencyHistogram, right: LatencyHistogram) -> LatencyHistogram {
    var sum = left
    sum += right
    return sum
  }
}

extension RequestMetrics.Tokens {
  static func + (left: RequestMetrics.Tokens, right: RequestMetrics.Tokens) -> RequestMetrics.Tokens {
    RequestMetrics.Tokens(
      input: left.input + right.input, cachedInput: left.cachedInput + right.cachedInput,
      output: left.output + right.output)
  }

  static func += (left: inout RequestMetrics.Tokens, right: RequestMetrics.Tokens) {
    left = left + right
  }
}

extension RequestMetrics.Target {
  fileprivate static func + (left: RequestMetrics.Target, right: RequestMetrics.Target) -> RequestMetrics.Target {
    RequestMetrics.Target(
      calls: left.calls + right.calls, failures: left.failures.merging(right.failures, uniquingKeysWith: +),
      cooldowns: left.cooldowns + right.cooldowns)
  }
}
