import NIOCore
import NIOPosix
import Testing

@testable import GatewayRuntime

@Suite struct KeyLedgerTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

  @Test func `a bucket refills steadily up to its size and may be overdrawn`() {
    var bucket = TokenBucket(perMinute: 60, now: start)
    bucket.take(60, now: start)
    #expect(bucket.available(now: start) == 0)
    #expect(bucket.wait(for: 1, now: start) == .seconds(1))
    #expect(bucket.available(now: start + .seconds(10)) == 10)
    bucket.take(30, now: start + .seconds(10))
    #expect(bucket.available(now: start + .seconds(10)) == -20)
    #expect(bucket.wait(for: 1, now: start + .seconds(10)) == .seconds(21))
    #expect(bucket.available(now: start + .hours(1)) == 60)
    // The clock of another loop may be a little behind.
    bucket.take(0, now: start + .hours(1))
    #expect(bucket.available(now: start) == 60)
  }

  /// Loops that draw, use and give back in any order never get more together than the limit allows.
  @Test func `shares together never exceed the limit`() {
    for seed in 0..<100 {
      var dice = LoopRandom(seed: UInt64(seed))
      let limits = KeyLimits(
        requestsPerMinute: Int.random(in: 1...200, using: &dice), parallelRequests: Int.random(in: 1...5, using: &dice))
      var ledger = KeyLedger(limits, now: start)
      var shares = (0..<4).map { _ in KeyShare(limits) }
      var now = start
      var admitted = 0
      var inFlight = [0, 0, 0, 0]
      for _ in 0..<500 {
        let loop = Int.random(in: 0..<4, using: &dice)
        if inFlight[loop] > 0, Bool.random(using: &dice) {
          inFlight[loop] -= 1
          ledger.takeBack(shares[loop].finish(tokens: 0, cost: 0), now: now)
        } else {
          var isAdmitted = shares[loop].admit(now: now)
          if !isAdmitted {
            let grant = ledger.draw(returning: shares[loop].handOver(), loops: 4, now: now)
            isAdmitted = shares[loop].receive(grant, now: now) == nil
          }
          if isAdmitted {
            admitted += 1
            inFlight[loop] += 1
          }
        }
        now = now + .milliseconds(Int64.random(in: 0...20, using: &dice))
        for loop in 0..<4 { if let surplus = shares[loop].surplus(now: now) { ledger.takeBack(surplus, now: now) } }
        #expect(inFlight.reduce(0, +) <= limits.parallelRequests ?? 0)
        let most = Double(limits.requestsPerMinute ?? 0) * (1 + Double((now - start).nanoseconds) / 60e9)
        #expect(Double(admitted) <= most + 1e-6)
      }
    }
  }

  @Test func `one caller gets the whole limit, and then learns when to come back`() {
    let limits = KeyLimits(requestsPerMinute: 10)
    var ledger = KeyLedger(limits, now: start)
    var share = KeyShare(limits)
    for _ in 0..<10 {
      if share.admit(now: start) { continue }
      let refusal = share.receive(ledger.draw(returning: share.handOver(), loops: 8, now: start), now: start)
      #expect(refusal == nil)
    }
    let isOneTooMany = share.admit(now: start)
    let grant = ledger.draw(returning: share.handOver(), loops: 8, now: start)
    #expect(!isOneTooMany && grant.refusal == LimitRefusal(limit: .requests(perMinute: 10), retryAfter: .seconds(6)))
  }

  @Test func `what lies unused goes back to where others can have it`() {
    let limits = KeyLimits(requestsPerMinute: 1000)
    var ledger = KeyLedger(limits, now: start)
    var share = KeyShare(limits)
    _ = share.admit(now: start)
    _ = share.receive(ledger.draw(returning: share.handOver(), loops: 2, now: start), now: start)
    let early = share.surplus(now: start + .milliseconds(999))
    #expect(share.held.requests > 0 && early == nil)
    let surplus = share.surplus(now: start + .seconds(1))
    #expect(surplus?.requests == 61 && share.held == .nothing)
  }

  @Test func `tokens and money are counted after the answer, and a debt stops the next request`() {
    let limits = KeyLimits(tokensPerMinute: 100, budget: KeyBudget(limit: 1000, period: .seconds(3600)))
    for (tokens, cost, expected) in [
      (150, 10, LimitRefusal(limit: .tokens(perMinute: 100), retryAfter: .milliseconds(30_600))),
      (10, 1001, LimitRefusal(limit: .budget, retryAfter: .seconds(3600))),
    ] {
      var ledger = KeyLedger(limits, now: start)
      var share = KeyShare(limits)
      let first = share.receive(ledger.draw(returning: .nothing, loops: 1, now: start), now: start)
      let returned = share.finish(tokens: tokens, cost: Int64(cost))
      let isAdmitted = share.admit(now: start)
      #expect(first == nil && returned == .nothing && !isAdmitted)
      let second = ledger.draw(returning: share.handOver(), loops: 1, now: start)
      #expect(second.refusal == expected)
    }
  }

  @Test func `a budget starts again with its period, however many have passed`() {
    let limits = KeyLimits(budget: KeyBudget(limit: 1000, period: .seconds(60)))
    var ledger = KeyLedger(limits, now: start)
    ledger.takeBack(KeyLedger.Share(money: -5000), now: start)
    let spent = ledger.draw(returning: .nothing, loops: 1, now: start)
    let later = start + .seconds(150)
    let renewed = ledger.draw(returning: .nothing, loops: 1, now: later)
    #expect(spent.refusal?.limit == .budget && renewed.refusal == nil)
    ledger.takeBack(KeyLedger.Share(money: -5000), now: later)
    let again = ledger.draw(returning: .nothing, loops: 1, now: later)
    #expect(again.refusal?.retryAfter == .seconds(30))
  }

  @Test func `other limits do not forget what is under way and what was spent`() {
    var ledger = KeyLedger(KeyLimits(parallelRequests: 2, budget: KeyBudget(limit: 100)), now: start)
    ledger.takeBack(KeyLedger.Share(money: -90), now: start)
    _ = ledger.draw(returning: .nothing, loops: 1, now: start)
    _ = ledger.draw(returning: .nothing, loops: 1, now: start)
    let new = KeyLimits(parallelRequests: 3, budget: KeyBudget(limit: 95))
    var changed = ledger.changed(to: new, now: start)
    let grant = changed.draw(returning: .nothing, loops: 1, now: start)
    #expect(grant.refusal == nil && grant.left.permits == 0 && grant.left.money <= 4)
  }

  @Test func `prices are exact to a billionth`() {
    let price = TokenPrice(input: 150_000, cachedInput: 75_000, output: 600_000)
    #expect(price.cost(input: 1_000_000, cachedInput: 0, output: 0) == 150_000_000)
    #expect(price.cost(input: 1000, cachedInput: 400, output: 100) == 600 * 150 + 400 * 75 + 100 * 600)
    #expect(TokenPrice(input: 1, cachedInput: 0, output: 0).cost(input: 1, cachedInput: 5, output: -3) == 0)
    #expect(TokenPrice(input: 1, cachedInput: 0, output: 0).cost(input: 1, cachedInput: 0, output: 0) == 1)
    let dearest = TokenPrice(input: .max, cachedInput: .max, output: .max)
    #expect(dearest.cost(input: .max, cachedInput: 0, output: .max) == .max)
  }
}

@Suite struct KeyTableTests {
  private func caller(_ shown: String, _ table: KeyTable) -> Caller? {
    var shown = shown
    return shown.withUTF8 { table.caller(showing: UnsafeRawBufferPointer($0)) }
  }

  @Test func `a key opens for whom it belongs to, and nothing else opens`() {
    let keys = (0..<100).map { VirtualKey(name: "k\($0)", secret: SecretValue("sk-\($0)")) }
    let table = KeyTable(master: SecretValue("sk-master"), keys: keys + [VirtualKey(name: "", secret: SecretValue(""))])
    guard case .master = caller("sk-master", table) else {
      Issue.record("the master key does not open")
      return
    }
    for (index, key) in keys.enumerated() { #expect(caller("sk-\(index)", table)?.key === key) }
    for other in ["", "sk-", "sk-100", "sk-1 ", "SK-1", "sk-maste", "sk-master2"] {
      #expect(caller(other, table) == nil)
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct KeyBookTests {
  /// Books on loops of their own, as the server has them.
  private func books(_ count: Int) async throws -> (MultiThreadedEventLoopGroup, [NIOLoopBound<KeyBook>]) {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: count)
    var books: [NIOLoopBound<KeyBook>] = []
    for loop in group.makeIterator() {
      books.append(try await loop.submit { NIOLoopBound(KeyBook(eventLoop: loop), eventLoop: loop) }.get())
    }
    let all = books
    for book in books { try await book.eventLoop.submit { book.value.join(all) }.get() }
    return (group, books)
  }

  private func admit(_ key: VirtualKey, at book: NIOLoopBound<KeyBook>) async throws -> LimitRefusal? {
    let promise = book.eventLoop.makePromise(of: LimitRefusal?.self)
    book.eventLoop.execute { book.value.admit(key, now: .now()) { promise.succeed($0) } }
    return try await promise.futureResult.get()
  }

  @Test func `the limit holds over all loops, and what one finishes another can use`() async throws {
    let (group, books) = try await books(4)
    let key = VirtualKey(name: "k", secret: SecretValue("s"), limits: KeyLimits(parallelRequests: 4))
    for book in books { #expect(try await admit(key, at: book) == nil) }
    for book in books {
      #expect(try await admit(key, at: book) == LimitRefusal(limit: .parallelRequests(4), retryAfter: nil))
    }
    let first = books[0]
    try await first.eventLoop.submit { first.value.finish(key, tokens: 0, cost: 0) }.get()
    #expect(try await admit(key, at: books[1]) == nil)
    #expect(try await admit(key, at: books[0]) != nil)
    try await group.shutdownGracefully()
  }

  @Test func `a key without limits asks nobody`() async throws {
    let (group, books) = try await books(2)
    let key = VirtualKey(name: "k", secret: SecretValue("s"))
    for _ in 0..<100 { #expect(try await admit(key, at: books[0]) == nil) }
    let book = books[0]
    #expect(try await book.eventLoop.submit { book.value.isHolding }.get() == false)
    try await group.shutdownGracefully()
  }
}
