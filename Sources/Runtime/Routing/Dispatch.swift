import GatewaySpec
import NIOCore

/// The course of one request through the targets of its model and of the models that stand in for it.
///
/// A state machine without sockets and clocks: it says what to do next and is told what came of it. Once an answer has
/// begun nothing is tried again, for the client has seen a part of it.
struct Dispatch {
  /// What to do next.
  enum Action {
    /// Send the request to this target, then report how that went.
    case call(Attempt)
    /// Wait, then say so with ``waited(health:using:now:)``.
    case wait(TimeAmount)
    /// Tell the client.
    case giveUp(Refusal)
  }

  /// A request to one target.
  struct Attempt {
    let model: PublicModel
    let target: ModelTarget
    /// When it has failed if the answer has not come.
    let deadline: NIODeadline
  }

  /// Why the client gets no answer.
  enum Refusal: Equatable {
    /// What the last attempt at the model failed with that the client asked for.
    case failed
    /// No target of the model has this endpoint.
    case notServed
    /// All targets of the model rest; how long until the first may be asked.
    case allResting(for: TimeAmount, isRateLimit: Bool)
    /// The request's own time was over before any target could be asked.
    case deadlinePassed
  }

  /// A failed attempt, for the response's fields and for counters.
  struct Failure {
    let model: PublicModel
    let target: ModelTarget
    let reason: AttemptFailure.Reason
  }

  /// How many models are tried at most, the one asked for included.
  static let maximumModels = 6

  /// How many attempts were made.
  private(set) var attempts = 0
  /// The attempts that failed, in order.
  private(set) var failures: [Failure] = []
  /// How often another model was taken.
  private(set) var fallbacks = 0
  /// The model that the client asked for.
  let asked: PublicModel
  /// The model that is being tried.
  private(set) var model: PublicModel
  private let models: ModelTable
  /// What is asked for.
  let operation: InferenceOperation
  private let deadline: NIODeadline
  /// The models that will be tried after this one, and all that were ever considered.
  private var pending: [PublicModel] = []
  private var visited: [PublicModel] = []
  /// Targets that have failed and may be asked again after a wait, and those that may not.
  private var tired: [Int] = []
  private var barred: [Int] = []
  private var callsLeft: Int
  private var waitsLeft: Int
  private var current: (index: Int, ticket: TargetHealth.Ticket, hasAnswered: Bool)?

  /// - Parameters:
  ///   - model: the model that the client asked for.
  ///   - models: where fallbacks are looked up.
  ///   - operation: what is asked for; targets without it are passed over.
  ///   - deadline: when the request is over, whatever still goes on.
  init(_ model: PublicModel, among models: ModelTable, _ operation: InferenceOperation, deadline: NIODeadline) {
    asked = model
    self.model = model
    self.models = models
    self.operation = operation
    self.deadline = deadline
    callsLeft = model.policy.retries + 1
    waitsLeft = model.policy.retries
  }

  /// Begins.
  mutating func start(
    health: inout HealthTable, using random: inout some RandomNumberGenerator, now: NIODeadline
  ) -> Action {
    guard model.serves(operation) else { return .giveUp(.notServed) }
    return next(&health, &random, now)
  }

  /// The attempt failed before its answer began.
  mutating func failed(
    _ failure: AttemptFailure, health: inout HealthTable, using random: inout some RandomNumberGenerator,
    now: NIODeadline
  ) -> Action {
    guard let index = end(with: failure, &health, now) else { return refusal(health, now) }
    if failure.mayTryAgain { tired.append(index) } else { barred.append(index) }
    switch failure.reason {
    case .contextTooLong: return fallBack(to: model.fallbacks.onContextTooLong, &health, &random, now)
    case .contentRefused: return fallBack(to: model.fallbacks.onContentRefused, &health, &random, now)
    // What one model refuses another may take, so a stand-in's refusal does not speak for those after it.
    case .invalidRequest: return fallBack(to: [], &health, &random, now)
    default: return next(&health, &random, now)
    }
  }

  /// The wait is over.
  mutating func waited(
    health: inout HealthTable, using random: inout some RandomNumberGenerator, now: NIODeadline
  ) -> Action {
    tired = []
    return next(&health, &random, now)
  }

  /// The first bytes of a good answer came.
  mutating func answered(health: inout HealthTable, now: NIODeadline) {
    guard let (index, ticket, hasAnswered) = current, !hasAnswered else { return }
    health[model.targets[index]].answered(ticket, model.breaker, now: now)
    current = (index, TargetHealth.Ticket(began: ticket.began, isTrial: false), true)
  }

  /// The answer that had begun is over; with a failure if it broke off.
  mutating func ended(_ failure: AttemptFailure? = nil, health: inout HealthTable, now: NIODeadline) {
    if let failure {
      _ = end(with: failure, &health, now)
    } else if let index = current?.index {
      current = nil
      health[model.targets[index]].ended()
    }
  }

  /// The client is gone, at whatever stage.
  mutating func cancelled(health: inout HealthTable, now: NIODeadline) {
    guard let (index, ticket, hasAnswered) = current else { return }
    current = nil
    if hasAnswered {
      health[model.targets[index]].ended()
    } else {
      health[model.targets[index]].abandoned(ticket, now: now)
    }
  }

  /// Books the end of the attempt that runs; its index, or `nil` if none does.
  private mutating func end(with failure: AttemptFailure, _ health: inout HealthTable, _ now: NIODeadline) -> Int? {
    guard let (index, ticket, _) = current else { return nil }
    current = nil
    let target = model.targets[index]
    failures.append(Failure(model: model, target: target, reason: failure.reason))
    health[target].failed(ticket, failure, model.breaker, isAlone: model.isAlone, now: now)
    return index
  }

  // MARK: What comes next

  private mutating func next(
    _ health: inout HealthTable, _ random: inout some RandomNumberGenerator, _ now: NIODeadline
  ) -> Action {
    guard now < deadline else { return refusal(health, now) }
    if callsLeft > 0 {
      if let index = choose(health, &random, now) { return call(index, &health, now) }
      if waitsLeft > 0, let wait = shortestWait(health, &random, now), now + wait < deadline {
        waitsLeft -= 1
        return .wait(wait)
      }
    }
    return fallBack(to: model.fallbacks.onFailure, &health, &random, now)
  }

  /// A target that may be asked now and has not failed since the last wait.
  private func choose(
    _ health: HealthTable, _ random: inout some RandomNumberGenerator, _ now: NIODeadline
  ) -> Int? {
    var choice = TargetChoice()
    for index in model.indicesInService where !tired.contains(index) && !barred.contains(index) {
      let target = model.targets[index]
      guard target.serves(operation) else { continue }
      switch health[target].admission(now: now) {
      case .open, .trial: break
      case .resting, .trialRunning: continue
      }
      let load = health[target].load(by: model.policy.strategy, weight: target.weight, now: now)
      choice.consider(index, tier: target.tier, load: load, weight: target.weight, using: &random)
    }
    return choice.index
  }

  private mutating func call(_ index: Int, _ health: inout HealthTable, _ now: NIODeadline) -> Action {
    let target = model.targets[index]
    callsLeft -= 1
    attempts += 1
    current = (index, health[target].begin(now: now), false)
    let timeout = TimeAmount(target.timeout ?? model.policy.attemptTimeout)
    return .call(Attempt(model: model, target: target, deadline: min(deadline, now + timeout)))
  }

  /// How long until a target may be asked again; `nil` if that is longer than a request waits.
  ///
  /// A resting target is waited for only if no other model can take its place.
  private func shortestWait(
    _ health: HealthTable, _ random: inout some RandomNumberGenerator, _ now: NIODeadline
  ) -> TimeAmount? {
    let backoff = model.backoff.delay(retry: model.policy.retries - waitsLeft + 1, using: &random)
    let waitsForResting = pending.isEmpty && standIns(model.fallbacks.onFailure).isEmpty
    var shortest: TimeAmount?
    for index in model.indicesInService where !barred.contains(index) && model.targets[index].serves(operation) {
      let wait: TimeAmount
      switch health[model.targets[index]].admission(now: now) {
      case .open, .trial: wait = backoff
      case .trialRunning where waitsForResting: wait = backoff
      // Never earlier than was asked for, and not all at that very moment.
      case .resting(let until) where waitsForResting: wait = max(until - now, backoff)
      case .resting, .trialRunning: continue
      }
      shortest = min(shortest ?? wait, wait)
    }
    return shortest.flatMap { $0 <= model.backoff.maximum ? $0 : nil }
  }

  /// Goes on with the next model. Those that stand in for a stand-in come before the rest.
  private mutating func fallBack(
    to names: [String], _ health: inout HealthTable, _ random: inout some RandomNumberGenerator, _ now: NIODeadline
  ) -> Action {
    let new = standIns(names)
    visited += new
    pending.insert(contentsOf: new, at: 0)
    guard now < deadline, !pending.isEmpty, fallbacks + 1 < Self.maximumModels else { return refusal(health, now) }
    model = pending.removeFirst()
    fallbacks += 1
    callsLeft = model.policy.retries + 1
    waitsLeft = model.policy.retries
    tired = []
    barred = []
    return next(&health, &random, now)
  }

  private func standIns(_ names: [String]) -> [PublicModel] {
    if names.isEmpty { return [] }
    return names.compactMap { models[name: $0] }.filter { model in
      model !== asked && model.serves(operation) && !visited.contains { $0 === model }
    }
  }

  private func refusal(_ health: HealthTable, _ now: NIODeadline) -> Action {
    // Of the models that stood in the client need not know.
    if failures.contains(where: { $0.model === asked }) { return .giveUp(.failed) }
    guard now < deadline else { return .giveUp(.deadlinePassed) }
    var wait: TimeAmount?
    var isRateLimit = false
    for index in asked.indicesInService where asked.targets[index].serves(operation) {
      let target = health[asked.targets[index]]
      guard case .resting(let until) = target.admission(now: now) else { continue }
      wait = min(wait ?? until - now, until - now)
      isRateLimit = isRateLimit || target.lastFailure == .rateLimited
    }
    return .giveUp(.allResting(for: wait ?? asked.backoff.initial, isRateLimit: isRateLimit))
  }
}
