import NIOCore

/// Decides whether a target is asked: after failures it rests, and then one request tries whether it works again.
struct CircuitBreaker: Equatable, Sendable {
  /// When a target is given a rest.
  struct Settings: Equatable, Sendable {
    /// How long a failing target is left alone; zero never leaves one alone.
    var cooldown = TimeAmount.seconds(5)
    /// How many failures in a row bring on a rest.
    var consecutiveFailures = 3
    /// The share of failed requests that brings on a rest, 0 to 1.
    var failureShare = 0.5
    /// How many recent requests there must be for the share to count.
    var minimumRequests = 10
    /// After this time a request weighs half in the share.
    var halfLife = TimeAmount.seconds(30)
  }

  /// Whether a request may go out.
  enum Admission: Equatable {
    case open
    /// It may, as the one that tries whether the target works again.
    case trial
    /// Not before this time.
    case resting(until: NIODeadline)
    /// Another request is trying the target.
    case trialRunning
  }

  private enum State: Equatable {
    case closed
    case resting(until: NIODeadline)
    case trialRunning
  }

  private var state = State.closed
  private var failuresInARow = 0
  private var requests = DecayingCount()
  private var failures = DecayingCount()

  /// Whether a request may go out now.
  func admission(now: NIODeadline) -> Admission {
    switch state {
    case .closed: .open
    case .resting(let until): now < until ? .resting(until: until) : .trial
    case .trialRunning: .trialRunning
    }
  }

  /// A request goes out that was admitted as a trial.
  mutating func beginTrial() {
    state = .trialRunning
  }

  /// A request was answered.
  mutating func succeeded(isTrial: Bool, _ settings: Settings, now: NIODeadline) {
    failuresInARow = 0
    requests.increment(now: now, halfLife: settings.halfLife)
    // What was under way before the rest began says nothing about now.
    guard isTrial else { return }
    self = CircuitBreaker()
  }

  /// A request failed by the target's fault. Whether the target begins to rest with it.
  mutating func failed(isTrial: Bool, _ settings: Settings, now: NIODeadline) -> Bool {
    failuresInARow += 1
    requests.increment(now: now, halfLife: settings.halfLife)
    failures.increment(now: now, halfLife: settings.halfLife)
    guard isTrial || (state == .closed && mustRest(settings, now: now)) else { return false }
    guard settings.cooldown > .zero else {
      state = .closed
      return false
    }
    state = .resting(until: now + settings.cooldown)
    return true
  }

  /// A request ended without saying anything about the target, because its client left or was at fault.
  mutating func abandoned(isTrial: Bool, now: NIODeadline) {
    if isTrial, state == .trialRunning { state = .resting(until: now) }
  }

  /// The target asked to be left alone, or cannot work before somebody mends it. Whether it was not resting before.
  mutating func rest(until: NIODeadline) -> Bool {
    if case .resting(let earlier) = state {
      state = .resting(until: max(earlier, until))
      return false
    }
    state = .resting(until: until)
    return true
  }

  private func mustRest(_ settings: Settings, now: NIODeadline) -> Bool {
    if failuresInARow >= settings.consecutiveFailures { return true }
    let total = requests.value(now: now, halfLife: settings.halfLife)
    let failed = failures.value(now: now, halfLife: settings.halfLife)
    return total.rounded() >= Double(settings.minimumRequests) && failed >= total * settings.failureShare
  }
}
