import GatewaySpec
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct TargetHealthTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
  private let settings = CircuitBreaker.Settings()

  private func fail(_ health: inout TargetHealth, at now: NIODeadline, _ reason: AttemptFailure.Reason = .broken) {
    let ticket = health.begin(now: now)
    health.failed(ticket, AttemptFailure(reason), settings, now: now)
  }

  private func succeed(_ health: inout TargetHealth, at now: NIODeadline, after: TimeAmount = .milliseconds(10)) {
    let ticket = health.begin(now: now)
    health.answered(ticket, settings, now: now + after)
    health.ended()
  }

  @Test func `failures in a row bring on a rest, and a success between them does not`() {
    var health = TargetHealth()
    for _ in 0..<2 { fail(&health, at: start) }
    succeed(&health, at: start)
    for _ in 0..<2 { fail(&health, at: start) }
    #expect(health.admission(now: start) == .open)
    fail(&health, at: start)
    #expect(health.admission(now: start) == .resting(until: start + settings.cooldown))
    #expect(health.cooldowns == 1 && health.lastFailure == .broken)
  }

  @Test func `a share of failures brings on a rest once there are enough requests`() {
    var health = TargetHealth()
    for index in 0..<9 {
      if index % 2 == 0 { fail(&health, at: start) } else { succeed(&health, at: start) }
    }
    #expect(health.admission(now: start) == .open)
    fail(&health, at: start)
    #expect(health.admission(now: start) != .open)
    // Long ago counts for little.
    var old = TargetHealth()
    for index in 0..<9 {
      if index % 2 == 0 { fail(&old, at: start) } else { succeed(&old, at: start) }
    }
    fail(&old, at: start + .minutes(5))
    #expect(old.admission(now: start + .minutes(5)) == .open)
  }

  @Test func `after the rest one request tries, and its outcome decides for all`() {
    for worksAgain in [true, false] {
      var health = TargetHealth()
      for _ in 0..<3 { fail(&health, at: start) }
      let later = start + settings.cooldown
      #expect(health.admission(now: later) == .trial)
      let ticket = health.begin(now: later)
      #expect(ticket.isTrial && health.admission(now: later) == .trialRunning)
      if worksAgain {
        health.answered(ticket, settings, now: later)
        health.ended()
        #expect(health.admission(now: later) == .open && health.lastFailure == nil)
      } else {
        health.failed(ticket, AttemptFailure(.timedOut), settings, now: later)
        #expect(health.admission(now: later) == .resting(until: later + settings.cooldown))
      }
      #expect(health.inFlight == 0)
    }
  }

  @Test func `a trial whose client leaves, or whose request was wrong, leaves the place to the next`() {
    for isClientsFault in [true, false] {
      var health = TargetHealth()
      for _ in 0..<3 { fail(&health, at: start) }
      let later = start + settings.cooldown
      let ticket = health.begin(now: later)
      if isClientsFault {
        health.failed(ticket, AttemptFailure(.invalidRequest), settings, now: later)
      } else {
        health.abandoned(ticket, now: later)
      }
      #expect(health.admission(now: later) == .trial && health.inFlight == 0)
    }
  }

  @Test func `an answer to what was sent before the rest does not end it`() {
    var health = TargetHealth()
    let early = health.begin(now: start)
    for _ in 0..<3 { fail(&health, at: start) }
    health.answered(early, settings, now: start + .seconds(1))
    #expect(health.admission(now: start + .seconds(1)) == .resting(until: start + settings.cooldown))
  }

  @Test func `a provider's wish to be left alone is longer than the cooldown or shorter`() {
    for seconds: Int64 in [1, 60] {
      var health = TargetHealth()
      let ticket = health.begin(now: start)
      health.failed(ticket, AttemptFailure(.rateLimited, retryAfter: .seconds(seconds)), settings, now: start)
      #expect(health.admission(now: start) == .resting(until: start + .seconds(seconds)))
    }
  }

  @Test func `latency rises at once, falls slowly, and is forgotten`() {
    var latency = PeakLatency()
    #expect(latency.value(now: start) == nil)
    latency.add(.milliseconds(100), now: start)
    latency.add(.milliseconds(500), now: start)
    #expect(latency.value(now: start) == 5e8)
    latency.add(.milliseconds(100), now: start)
    #expect(latency.value(now: start) == 5e8)
    let later = start + PeakLatency.halfLife
    #expect(latency.value(now: later) == 2.5e8)
    latency.add(.milliseconds(100), now: later)
    #expect(latency.value(now: later) == 3e8)
  }

  @Test func `a target that has not answered yet is tried by one request and not by all`() {
    var new = TargetHealth()
    var known = TargetHealth()
    succeed(&known, at: start, after: .milliseconds(50))
    func isBetter() -> Bool {
      new.load(by: .latency, weight: 1, now: start) < known.load(by: .latency, weight: 1, now: start)
    }
    #expect(isBetter())
    _ = new.begin(now: start)
    #expect(!isBetter())
  }

  @Test func `a new snapshot takes over what is known, but for what is under way`() throws {
    func table() -> ModelTable {
      ModelTable([
        PublicModel(
          name: "m", targets: ["a", "b"].map { ModelTarget(id: $0, provider: .mock, model: $0) },
          policy: RoutingPolicy(consecutiveFailures: 1))
      ])
    }
    let old = table()
    let new = table()
    var health = HealthTable()
    let target = old.models[0].targets[0]
    let running = health[target].begin(now: start)
    fail(&health[target], at: start, .credentials)
    let taken = HealthTable(new, carryingOver: health, of: old, now: start)
    #expect(taken[new.models[0].targets[0]].inFlight == 0)
    #expect(taken[new.models[0].targets[0]].admission(now: start) == .resting(until: start + settings.cooldown))
    #expect(taken[new.models[0].targets[1]] == TargetHealth())
    health[target].abandoned(running, now: start)
    #expect(health[target].inFlight == 0)
  }
}

@Suite struct TargetChoiceTests {
  private func counts(_ weights: [Int], loads: [Double]? = nil, tiers: [Int]? = nil) -> [Int] {
    var random = LoopRandom(seed: 7)
    var counts = weights.map { _ in 0 }
    for _ in 0..<100_000 {
      var choice = TargetChoice()
      for (index, weight) in weights.enumerated() {
        choice.consider(index, tier: tiers?[index] ?? 1, load: loads?[index] ?? 0, weight: weight, using: &random)
      }
      if let index = choice.index { counts[index] += 1 }
    }
    return counts
  }

  @Test func `choices follow the weights`() {
    let counts = counts([9, 1, 90])
    #expect((8_700...9_300).contains(counts[0]) && (850...1_150).contains(counts[1]))
  }

  @Test func `the lowest tier comes first, in it the least load, and then the weights`() {
    #expect(counts([1, 100, 100], loads: [5, 1, 1], tiers: [1, 2, 2]) == [100_000, 0, 0])
    #expect(counts([100, 1, 100], loads: [5, 1, 2]) == [0, 100_000, 0])
    let equal = counts([1, 3, 100], loads: [1, 1, 2])
    #expect(equal[2] == 0 && (24_000...26_000).contains(equal[0]))
  }

  @Test func `nothing comes of nothing, and the largest weights fit`() {
    #expect(TargetChoice().index == nil)
    #expect(counts([.max, .max]).allSatisfy { $0 > 49_000 })
  }
}

@Suite struct BackoffTests {
  @Test func `waits double, keep half for chance and have an end`() {
    var random = LoopRandom(seed: 3)
    let backoff = Backoff(initial: .milliseconds(100), maximum: .seconds(1))
    for (retry, ceiling) in [(1, 100), (2, 200), (3, 400), (4, 800), (5, 1000), (60, 1000), (1000, 1000)] {
      for _ in 0..<100 {
        let delay = backoff.delay(retry: retry, using: &random)
        #expect(delay >= .milliseconds(Int64(ceiling / 2)) && delay <= .milliseconds(Int64(ceiling)))
      }
    }
  }
}
