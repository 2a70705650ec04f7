import GatewaySpec
import NIOCore

/// What one event loop knows about one target: how busy it is, how fast, and whether it works.
struct TargetHealth: Equatable, Sendable {
  /// What an attempt must remember until it ends.
  struct Ticket: Equatable, Sendable {
    let began: NIODeadline
    let isTrial: Bool
  }

  /// Attempts that are under way.
  private(set) var inFlight = 0
  /// How often the target began to rest.
  private(set) var cooldowns = 0
  /// Why the last attempt failed that did; `nil` once one was answered.
  private(set) var lastFailure: AttemptFailure.Reason?
  private var breaker = CircuitBreaker()
  private var latency = PeakLatency()

  /// Whether the target may be asked.
  func admission(now: NIODeadline) -> CircuitBreaker.Admission { breaker.admission(now: now) }

  /// What a strategy compares; less is better.
  func load(by strategy: RoutingStrategy, weight: Int, now: NIODeadline) -> Double {
    switch strategy {
    case .weighted: 0
    case .leastBusy: Double(inFlight) / Double(max(1, weight))
    case .latency: expectedWait(now: now)
    }
  }

  /// The recent latency times the attempts that would share the target.
  ///
  /// A target that has not answered yet counts as fast while nobody waits for it and as slow while somebody does, so
  /// that one request finds out and not all.
  private func expectedWait(now: NIODeadline) -> Double {
    (latency.value(now: now) ?? (inFlight == 0 ? 0 : 1e9)) * Double(inFlight + 1)
  }

  /// An attempt begins; the target was admitted.
  mutating func begin(now: NIODeadline) -> Ticket {
    let isTrial = breaker.admission(now: now) == .trial
    if isTrial { breaker.beginTrial() }
    inFlight += 1
    return Ticket(began: now, isTrial: isTrial)
  }

  /// The first bytes of a good answer came.
  mutating func answered(_ ticket: Ticket, _ settings: CircuitBreaker.Settings, now: NIODeadline) {
    lastFailure = nil
    latency.add(now - ticket.began, now: now)
    breaker.succeeded(isTrial: ticket.isTrial, settings, now: now)
  }

  /// An attempt failed.
  mutating func failed(
    _ ticket: Ticket, _ failure: AttemptFailure, _ settings: CircuitBreaker.Settings, isAlone: Bool = false,
    now: NIODeadline
  ) {
    inFlight -= 1
    lastFailure = failure.reason
    switch failure.blame(settings, isAlone: isAlone, now: now) {
    case .nobody: breaker.abandoned(isTrial: ticket.isTrial, now: now)
    case .target: if breaker.failed(isTrial: ticket.isTrial, settings, now: now) { cooldowns += 1 }
    case .targetUntil(let time): if breaker.rest(until: time) { cooldowns += 1 }
    }
  }

  /// An attempt that was answered has ended, whole or because the client left.
  mutating func ended() {
    inFlight -= 1
  }

  /// An attempt ended before it was answered, because the client left.
  mutating func abandoned(_ ticket: Ticket, now: NIODeadline) {
    inFlight -= 1
    breaker.abandoned(isTrial: ticket.isTrial, now: now)
  }

  /// What a new snapshot takes over: everything but the attempts, which end under the old one.
  fileprivate func carriedOver(now: NIODeadline) -> TargetHealth {
    var health = self
    health.inFlight = 0
    health.breaker.abandoned(isTrial: true, now: now)
    return health
  }
}

/// The health of all targets of a snapshot, as one event loop knows it.
struct HealthTable {
  private var byTarget: [ObjectIdentifier: TargetHealth] = [:]

  /// Nothing is known yet.
  init() {}

  /// What is known of targets that an earlier snapshot had too, under the same name in the same model.
  init(_ models: ModelTable, carryingOver old: HealthTable, of oldModels: ModelTable, now: NIODeadline) {
    for model in models.models {
      guard let oldModel = oldModels[name: model.name] else { continue }
      for target in model.targets {
        guard let before = oldModel.targets.first(where: { $0.id == target.id }) else { continue }
        byTarget[ObjectIdentifier(target)] = old[before].carriedOver(now: now)
      }
    }
  }

  /// The health of a target; without any attempt yet it is good.
  subscript(target: ModelTarget) -> TargetHealth {
    get { byTarget[ObjectIdentifier(target)] ?? TargetHealth() }
    _modify { yield &byTarget[ObjectIdentifier(target), default: TargetHealth()] }
  }
}
