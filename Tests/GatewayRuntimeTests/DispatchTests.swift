import GatewaySpec
import NIOCore
import Testing

@testable import GatewayRuntime

/// Drives a dispatch the way the server does, with a clock that the test turns.
private struct Course {
  var now = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
  var health = HealthTable()
  var random = LoopRandom(seed: 1)
  let models: ModelTable
  /// What happened, in order: `a` is a call, `429` its failure, `wait` a wait.
  var story: [String] = []

  init(_ models: [PublicModel]) {
    self.models = ModelTable(models)
  }

  mutating func dispatch(
    _ name: String, for operation: InferenceOperation = .chat, within: TimeAmount = .seconds(600)
  ) throws -> Dispatch {
    Dispatch(try #require(models[name: name]), among: models, operation, deadline: now + within)
  }

  /// Runs a request to its end; `outcome` says what comes of a call, `nil` being an answer.
  mutating func run(
    _ name: String, for operation: InferenceOperation = .chat, within: TimeAmount = .seconds(600),
    taking: TimeAmount = .milliseconds(10), _ outcome: (ModelTarget, Int) -> AttemptFailure?
  ) throws -> Dispatch.Refusal? {
    var dispatch = try dispatch(name, for: operation, within: within)
    var action = dispatch.start(health: &health, using: &random, now: now)
    for step in 0..<100 {
      switch action {
      case .call(let attempt):
        story.append(attempt.target.id)
        now = min(now + taking, attempt.deadline)
        guard let failure = outcome(attempt.target, step) else {
          dispatch.answered(health: &health, now: now)
          dispatch.ended(health: &health, now: now)
          return nil
        }
        action = dispatch.failed(failure, health: &health, using: &random, now: now)
      case .wait(let time):
        story.append("wait")
        now = now + time
        action = dispatch.waited(health: &health, using: &random, now: now)
      case .giveUp(let refusal): return refusal
      }
    }
    Issue.record("the request never ends: \(story)")
    return nil
  }
}

private func target(
  _ id: String, weight: Int = 1, tier: Int = 1, timeout: Duration? = nil, operations: Set<InferenceOperation> = [.chat]
) -> ModelTarget {
  ModelTarget(
    id: id, provider: .mock, model: id, weight: weight, tier: tier, timeout: timeout, operations: operations)
}

private func model(
  _ name: String, _ targets: [ModelTarget], _ policy: RoutingPolicy = RoutingPolicy(),
  fallbacks: ModelFallbacks = ModelFallbacks()
) -> PublicModel {
  PublicModel(name: name, targets: targets, policy: policy, fallbacks: fallbacks)
}

@Suite struct DispatchTests {
  @Test func `an answer ends it`() throws {
    var course = Course([model("m", [target("a")])])
    #expect(try course.run("m") { _, _ in nil } == nil)
    #expect(course.story == ["a"])
  }

  @Test func `a failed target is followed by another without a wait, then by itself after one`() throws {
    var course = Course([model("m", [target("a"), target("b", tier: 2)])])
    var calls = 0
    let refusal = try course.run("m") { _, _ in
      calls += 1
      return calls < 3 ? AttemptFailure(.serverError) : nil
    }
    #expect(refusal == nil)
    #expect(course.story == ["a", "b", "wait", "a"])
  }

  @Test func `retries end`() throws {
    for retries in 0...4 {
      var policy = RoutingPolicy(retries: retries)
      policy.consecutiveFailures = 100
      var course = Course([model("m", [target("a")], policy)])
      #expect(try course.run("m") { _, _ in AttemptFailure(.broken) } == .failed)
      #expect(course.story.filter { $0 == "a" }.count == retries + 1)
    }
  }

  @Test(arguments: [
    AttemptFailure.Reason.contextTooLong, .contentRefused, .invalidRequest,
  ])
  func `what cannot succeed is not tried again, anywhere`(reason: AttemptFailure.Reason) throws {
    let fallbacks = ModelFallbacks(onFailure: ["other"])
    var course = Course([
      model("m", [target("a"), target("b")], fallbacks: fallbacks), model("other", [target("o")]),
    ])
    #expect(try course.run("m") { _, _ in AttemptFailure(reason) } == .failed)
    #expect(course.story.count == 1)
  }

  @Test(arguments: [AttemptFailure.Reason.outOfQuota, .credentials, .notHere])
  func `what only another target can do goes to another target and never back`(reason: AttemptFailure.Reason) throws {
    var course = Course([model("m", [target("a"), target("b", tier: 2)])])
    #expect(try course.run("m") { _, _ in AttemptFailure(reason) } == .failed)
    #expect(course.story == ["a", "b"])
  }

  @Test func `each kind of failure has its own fallbacks`() throws {
    let fallbacks = ModelFallbacks(onFailure: ["small"], onContextTooLong: ["long"], onContentRefused: ["lax"])
    let models = [
      model("m", [target("a")], RoutingPolicy(retries: 0), fallbacks: fallbacks), model("small", [target("s")]),
      model("long", [target("l")]), model("lax", [target("x")]),
    ]
    for (reason, expected) in [
      (AttemptFailure.Reason.serverError, "s"), (.contextTooLong, "l"), (.contentRefused, "x"),
    ] {
      var course = Course(models)
      #expect(try course.run("m") { target, _ in target.id == "a" ? AttemptFailure(reason) : nil } == nil)
      #expect(course.story == ["a", expected])
    }
  }

  @Test func `fallbacks are tried in order, those of a fallback first, none twice`() throws {
    let policy = RoutingPolicy(retries: 0)
    var course = Course([
      model("m", [target("a")], policy, fallbacks: ModelFallbacks(onFailure: ["n", "p", "m", "nowhere"])),
      model("n", [target("b")], policy, fallbacks: ModelFallbacks(onFailure: ["o", "m", "p"])),
      model("o", [target("c")], policy), model("p", [target("d")], policy),
    ])
    #expect(try course.run("m") { _, _ in AttemptFailure(.serverError) } == .failed)
    #expect(course.story == ["a", "b", "c", "d"])
  }

  @Test func `a chain of fallbacks has an end`() throws {
    let models = (0..<20).map {
      model(
        "m\($0)", [target("t\($0)")], RoutingPolicy(retries: 0), fallbacks: ModelFallbacks(onFailure: ["m\($0 + 1)"]))
    }
    var course = Course(models)
    #expect(try course.run("m0") { _, _ in AttemptFailure(.serverError) } == .failed)
    #expect(course.story.count == Dispatch.maximumModels)
  }

  @Test func `a stand-in that refuses the request does not speak for the next one`() throws {
    let policy = RoutingPolicy(retries: 0)
    var course = Course([
      model("m", [target("a")], policy, fallbacks: ModelFallbacks(onFailure: ["n", "o"])),
      model("n", [target("b")], policy), model("o", [target("c")], policy),
    ])
    let refusal = try course.run("m") { target, _ in
      switch target.id {
      case "a": AttemptFailure(.serverError)
      case "b": AttemptFailure(.invalidRequest)
      default: nil
      }
    }
    #expect(refusal == nil && course.story == ["a", "b", "c"])
  }

  @Test func `a provider is waited for as long as it asks, and no longer than a request waits`() throws {
    for (asked, story) in [(2, ["a", "wait", "a"]), (9, ["a"])] {
      var course = Course([model("m", [target("a")])])
      let start = course.now
      var calls = 0
      _ = try course.run("m") { _, _ in
        calls += 1
        return calls == 1 ? AttemptFailure(.rateLimited, retryAfter: .seconds(Int64(asked))) : nil
      }
      #expect(course.story == story)
      if story.count == 3 { #expect(course.now - start >= .seconds(2)) }
    }
  }

  @Test func `a rate limit is honoured even where failing targets are not left alone`() throws {
    var course = Course([model("m", [target("a")], RoutingPolicy(retries: 0, cooldown: .zero))])
    #expect(try course.run("m") { _, _ in AttemptFailure(.rateLimited, retryAfter: .seconds(60)) } == .failed)
    #expect(
      try course.run("m") { _, _ in nil } == .allResting(for: .seconds(60), isRateLimit: true))
    course.now = course.now + .seconds(60)
    #expect(try course.run("m") { _, _ in nil } == nil)
  }

  @Test func `a target that is alone is asked again after a refusal that names no time`() throws {
    for reason: AttemptFailure.Reason in [.rateLimited, .outOfQuota, .credentials] {
      let policy = RoutingPolicy(retries: 0)
      var course = Course([
        model("m", [target("a")], policy), model("n", [target("b"), target("c", tier: 2)], policy),
      ])
      for _ in 0..<2 { #expect(try course.run("m") { _, _ in AttemptFailure(reason) } == .failed) }
      #expect(try course.run("n") { _, _ in AttemptFailure(reason) } == .failed)
      // Where another can take its place it is left alone.
      #expect(try course.run("n") { _, _ in nil } == nil)
      #expect(course.story == ["a", "a", "b", "c"])
    }
  }

  @Test func `a resting target is passed over at once where another model can take its place`() throws {
    let policy = RoutingPolicy(retries: 2, consecutiveFailures: 1)
    var course = Course([
      model("m", [target("a")], policy, fallbacks: ModelFallbacks(onFailure: ["n"])), model("n", [target("b")], policy),
    ])
    #expect(try course.run("m") { target, _ in target.id == "a" ? AttemptFailure(.broken) : nil } == nil)
    #expect(try course.run("m") { _, _ in nil } == nil)
    #expect(course.story == ["a", "b", "b"])
  }

  @Test func `a resting target is waited for where nothing can take its place`() throws {
    let policy = RoutingPolicy(retries: 1, cooldown: .seconds(5), consecutiveFailures: 1)
    var course = Course([model("m", [target("a")], policy)])
    _ = try course.run("m") { _, step in step == 0 ? AttemptFailure(.broken) : nil }
    #expect(course.story == ["a", "wait", "a"])
  }

  @Test func `the deadline of the request bounds attempts, waits and fallbacks`() throws {
    let policy = RoutingPolicy(retries: 5, attemptTimeout: .seconds(4), backoff: .seconds(2))
    var course = Course([
      model("m", [target("a")], policy, fallbacks: ModelFallbacks(onFailure: ["n"])), model("n", [target("b")], policy),
    ])
    let start = course.now
    #expect(
      try course.run("m", within: .seconds(10), taking: .seconds(60)) { _, _ in AttemptFailure(.timedOut) } == .failed)
    #expect(course.now - start == .seconds(10))
    #expect(try course.run("m", within: .zero) { _, _ in nil } == .deadlinePassed)
  }

  @Test func `a target's own timeout comes before the model's`() throws {
    var course = Course([model("m", [target("a", timeout: .seconds(3))])])
    var dispatch = try course.dispatch("m")
    guard case .call(let attempt) = dispatch.start(health: &course.health, using: &course.random, now: course.now)
    else {
      Issue.record("no call")
      return
    }
    #expect(attempt.deadline - course.now == .seconds(3))
  }

  @Test func `targets without the endpoint are passed over`() throws {
    var course = Course([
      model("m", [target("a"), target("b", operations: [.embeddings])]), model("n", [target("c")]),
    ])
    for _ in 0..<10 { #expect(try course.run("m", for: .embeddings) { _, _ in nil } == nil) }
    #expect(Set(course.story) == ["b"])
    #expect(try course.run("n", for: .embeddings) { _, _ in nil } == .notServed)
  }

  @Test func `when everything is down each request ends, and afterwards all is as before`() throws {
    let policy = RoutingPolicy(retries: 3)
    let models = [
      model(
        "m", [target("a"), target("b"), target("c", tier: 2)], policy, fallbacks: ModelFallbacks(onFailure: ["n"])),
      model("n", [target("d"), target("e")], policy),
    ]
    var course = Course(models)
    for _ in 0..<50 {
      #expect(try course.run("m") { _, _ in AttemptFailure(.unreachable) } != nil)
    }
    course.now = course.now + .seconds(10)
    for _ in 0..<50 { #expect(try course.run("m") { _, _ in nil } == nil) }
    for model in models {
      for target in model.targets { #expect(course.health[target].inFlight == 0) }
    }
    #expect(course.story.suffix(10).allSatisfy { ["a", "b"].contains($0) })
  }

  @Test func `a client that leaves at any stage leaves nothing behind`() throws {
    let target = target("a")
    var course = Course([model("m", [target], RoutingPolicy(consecutiveFailures: 1))])
    for stage in 0...3 {
      var dispatch = try course.dispatch("m")
      if stage > 0 { _ = dispatch.start(health: &course.health, using: &course.random, now: course.now) }
      if stage > 1 { dispatch.answered(health: &course.health, now: course.now) }
      if stage > 2 { dispatch.ended(health: &course.health, now: course.now) }
      dispatch.cancelled(health: &course.health, now: course.now)
      dispatch.cancelled(health: &course.health, now: course.now)
      #expect(course.health[target].inFlight == 0)
      #expect(course.health[target].admission(now: course.now) == .open)
    }
  }

  @Test func `a stream that breaks off counts against its target`() throws {
    let target = target("a")
    var course = Course([model("m", [target], RoutingPolicy(consecutiveFailures: 1))])
    var dispatch = try course.dispatch("m")
    _ = dispatch.start(health: &course.health, using: &course.random, now: course.now)
    dispatch.answered(health: &course.health, now: course.now)
    dispatch.ended(AttemptFailure(.broken), health: &course.health, now: course.now)
    #expect(course.health[target].inFlight == 0)
    #expect(course.health[target].admission(now: course.now) == .resting(until: course.now + .seconds(5)))
  }

  /// Random failures of random kinds: no request may run for ever, lose count or call a target that must not be called.
  @Test func `whatever happens the rules hold`() throws {
    let reasons: [AttemptFailure.Reason] = [
      .unreachable, .broken, .timedOut, .rateLimited, .outOfQuota, .serverError, .credentials, .notHere,
      .contextTooLong, .contentRefused, .invalidRequest,
    ]
    for seed in 0..<300 {
      var dice = LoopRandom(seed: UInt64(seed))
      let strategies = RoutingStrategy.allCases
      let names = ["m", "n", "o"]
      let models = names.map { name in
        model(
          name,
          (0..<Int.random(in: 1...4, using: &dice)).map {
            target(
              "\(name)\($0)", weight: Int.random(in: 0...2, using: &dice), tier: Int.random(in: 1...2, using: &dice))
          },
          RoutingPolicy(
            strategy: strategies.randomElement(using: &dice) ?? .weighted, retries: Int.random(in: 0...3, using: &dice)),
          fallbacks: ModelFallbacks(
            onFailure: names.shuffled(using: &dice), onContextTooLong: names.shuffled(using: &dice)))
      }
      var course = Course(models)
      for _ in 0..<20 {
        var never: Set<String> = []
        course.story = []
        let refusal = try course.run("m") { target, _ in
          #expect(!never.contains(target.id))
          guard Int.random(in: 0..<3, using: &dice) > 0, let reason = reasons.randomElement(using: &dice) else {
            return nil
          }
          let failure = AttemptFailure(reason, retryAfter: Bool.random(using: &dice) ? .seconds(3) : nil)
          if !failure.mayTryAgain { never.insert(target.id) }
          return failure
        }
        if refusal == .failed { #expect(course.story.contains { $0.hasPrefix("m") }) }
        for model in models {
          for target in model.targets { #expect(course.health[target].inFlight == 0) }
        }
        course.now = course.now + .milliseconds(Int64.random(in: 0...4000, using: &dice))
      }
    }
  }
}
