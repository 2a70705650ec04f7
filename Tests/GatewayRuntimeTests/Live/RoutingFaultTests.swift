import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import GatewayRuntime

/// What clients see of failing targets, through real sockets.
@Suite(.timeLimit(.minutes(1))) struct RoutingFaultTests {
  private static let good = #"{"id":"c-1","model":"upstream","choices":[]}"#
  private static let policy = RoutingPolicy(
    backoff: .milliseconds(1), maximumBackoff: .seconds(1), cooldown: .milliseconds(200))

  private static func error(_ status: Int, _ body: String = #"{"error":{"message":"no"}}"#, fields: String = "")
    -> [FakeProvider.Step]
  {
    [FakeProvider.json(body, status: "\(status) X", fields: fields)]
  }

  private static func answer(_ text: String = good) -> [FakeProvider.Step] { [FakeProvider.json(text)] }

  private func model(
    _ name: String, _ targets: [ModelTarget], _ policy: RoutingPolicy = policy,
    fallbacks: ModelFallbacks = ModelFallbacks()
  ) -> PublicModel {
    PublicModel(name: name, targets: targets, policy: policy, fallbacks: fallbacks)
  }

  /// Nothing may be left of the requests.
  private func expectRest(_ server: GatewayServer) async {
    let counters = await server.counters()
    #expect(counters.inFlight == 0)
    #expect(await server.attemptsInFlight() == 0)
  }

  @Test(arguments: [429, 500, 502, 503, 529, 408])
  func `another target answers in place of one that fails, and the fields tell`(status: Int) async throws {
    let bad = try await FakeProvider { _ in Self.error(status) }
    let fine = try await FakeProvider { _ in Self.answer() }
    let targets = [LiveGateway.target("bad/m", bad), LiveGateway.target("fine/m", fine, tier: 2)]
    try await LiveGateway.run(models: [model("m", targets)]) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("m"))
      let response = try await client.response()
      #expect(response.status == 200 && response.body == Self.good.replacing("upstream", with: "m"))
      #expect(response["x-sluice-target"] == "fine/m" && response["x-sluice-attempts"] == "2")
      #expect(response["x-sluice-tried"] == (status == 429 ? "bad/m=rate_limited" : "bad/m=server_error"))
      let counters = await server.counters()
      #expect(counters.retries == 1 && counters.errors.isEmpty)
      await expectRest(server)
    }
  }

  @Test func `a rate limit with a time is waited for, and one without is tried again after the backoff`() async throws {
    for fields in ["retry-after: 0\r\n", "retry-after: 1\r\n", ""] {
      let provider = try await FakeProvider { request in
        request.ordinal == 1 ? Self.error(429, fields: fields) : Self.answer()
      }
      try await LiveGateway.run(models: [model("m", [LiveGateway.target("a/m", provider)])]) { server in
        let client = try await RawClient(port: server.address.port)
        let start = NIODeadline.now()
        try await client.send(LiveGateway.chat("m"))
        #expect(try await client.response().status == 200)
        if fields.contains("1") { #expect(NIODeadline.now() - start >= .seconds(1)) }
        #expect(await server.counters().retryWaits == 1)
        await expectRest(server)
      }
    }
  }

  @Test func `a longer wait than a request has is the client's to make`() async throws {
    let provider = try await FakeProvider { _ in Self.error(429, fields: "retry-after: 30\r\n") }
    try await LiveGateway.run(models: [model("m", [LiveGateway.target("a/m", provider)])]) { server in
      let client = try await RawClient(port: server.address.port)
      for attempts in ["1", "0"] {
        try await client.send(LiveGateway.chat("m"))
        let response = try await client.response()
        #expect(response.status == 429 && response["x-sluice-attempts"] == attempts)
        #expect(response["retry-after"] == "30")
      }
    }
  }

  @Test func `a storm of errors ends, and afterwards requests are answered as before`() async throws {
    let isBroken = Flag(true)
    let provider = try await FakeProvider { _ in isBroken.value ? Self.error(500) : Self.answer() }
    let targets = [LiveGateway.target("a/m", provider), LiveGateway.target("b/m", provider)]
    try await LiveGateway.run(models: [model("m", targets)]) { server in
      let clients = try await withThrowingTaskGroup(of: RawClient.self) { group in
        for _ in 0..<20 { group.addTask { try await RawClient(port: server.address.port) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for _ in 0..<3 {
        for client in clients { try await client.send(LiveGateway.chat("m")) }
        for client in clients { #expect([500, 503].contains(try await client.response().status)) }
      }
      isBroken.set(false)
      var status = 0
      while status != 200 {
        try await clients[0].send(LiveGateway.chat("m"))
        status = try await clients[0].response().status
      }
      for client in clients { try await client.send(LiveGateway.chat("m")) }
      for client in clients { #expect(try await client.response().status == 200) }
      await expectRest(server)
    }
  }

  @Test func `a target that is killed in the middle of a short answer loses no request`() async throws {
    let dying = try await FakeProvider { _ in
      [.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{\"model\":"), .close]
    }
    let streaming = try await FakeProvider { _ in [FakeProvider.streamHead, .close] }
    let fine = try await FakeProvider { _ in Self.answer() }
    let models = [
      model("m", [LiveGateway.target("dying/m", dying), LiveGateway.target("fine/m", fine, tier: 2)]),
      model("n", [LiveGateway.target("streaming/n", streaming), LiveGateway.target("fine/n", fine, tier: 2)]),
    ]
    try await LiveGateway.run(models: models) { server in
      let client = try await RawClient(port: server.address.port)
      for (name, tried) in [("m", "dying/m=broken"), ("n", "streaming/n=broken")] {
        try await client.send(LiveGateway.chat(name))
        let response = try await client.response()
        #expect(response.status == 200 && response["x-sluice-tried"] == tried)
      }
      await expectRest(server)
    }
  }

  @Test func `after the first event nothing is tried again`() async throws {
    let dying = try await FakeProvider { _ in
      [FakeProvider.streamHead, FakeProvider.chunk("data: {\"n\":1}\n\n"), .close]
    }
    let fine = try await FakeProvider { _ in Self.answer() }
    let targets = [LiveGateway.target("dying/m", dying), LiveGateway.target("fine/m", fine, tier: 2)]
    let fallbacks = ModelFallbacks(onFailure: ["demo"])
    try await LiveGateway.run(models: [model("m", targets, fallbacks: fallbacks)]) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("m", extra: #","stream":true"#))
      let events = try await client.response().body.split(separator: "\n\n")
      #expect(events.count == 3 && events.first == #"data: {"n":1}"# && events.last == "data: [DONE]")
      let counters = await server.counters()
      #expect(counters.retries == 0 && counters.upstreamRequests == 1)
      await expectRest(server)
    }
  }

  @Test func `when all targets are down the client learns it, and nothing is left behind`() async throws {
    let gone = try await FakeProvider { _ in [] }
    try await gone.stop()
    let broken = try await FakeProvider { _ in [.close] }
    let models = [
      model(
        "m", [LiveGateway.target("gone/m", gone), LiveGateway.target("broken/m", broken)],
        fallbacks: ModelFallbacks(onFailure: ["n"])),
      model("n", [LiveGateway.target("gone/n", gone)]),
    ]
    try await LiveGateway.run(models: models) { server in
      let client = try await RawClient(port: server.address.port)
      for _ in 0..<10 {
        try await client.send(LiveGateway.chat("m"))
        let response = try await client.response()
        #expect([502, 503].contains(response.status), "\(response.body)")
      }
      let metrics = await server.metrics()
      #expect((metrics.targets["gone/m"]?.cooldowns ?? 0) > 0)
      await expectRest(server)
    }
  }

  @Test func `a target beyond its time is given up, and another answers within the request's`() async throws {
    let slow = try await FakeProvider { _ in [] }
    let fine = try await FakeProvider { _ in Self.answer() }
    let targets = [
      LiveGateway.target("slow/m", slow, timeout: .milliseconds(50)), LiveGateway.target("fine/m", fine, tier: 2),
    ]
    try await LiveGateway.run(models: [model("m", targets)]) { server in
      var events = slow.events()
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("m"))
      let response = try await client.response()
      #expect(response.status == 200 && response["x-sluice-tried"] == "slow/m=timeout")
      // The slow target need not finish.
      while let event = await events.next(isolation: nil) {
        if case .closed = event { break }
      }
      await expectRest(server)
    }
  }

  @Test func `a client may allow less time, and every target is told what is left`() async throws {
    let provider = try await FakeProvider { request in request.body.contains("answer") ? Self.answer() : [] }
    try await LiveGateway.run(models: [model("m", [LiveGateway.target("a/m", provider)])]) { server in
      var events = provider.events()
      let client = try await RawClient(port: server.address.port)
      try await client.send(
        LiveGateway.chat("m", fields: "x-sluice-timeout-ms: 60000\r\n", extra: #","user":"answer""#))
      #expect(try await client.response().status == 200)
      var left: Int?
      while left == nil, let event = await events.next(isolation: nil) {
        if case .request(let request) = event {
          left = request.head.headers.first(name: "x-sluice-timeout-ms").flatMap { Int($0) }
        }
      }
      #expect((1...60_000).contains(left ?? 0))
      try await client.send(LiveGateway.chat("m", fields: "x-sluice-timeout-ms: 50\r\n"))
      #expect(try await client.response().status == 504)
      await expectRest(server)
    }
  }

  @Test func `fallbacks answer under their own name, and the error is that of the model asked for`() async throws {
    let broken = try await FakeProvider { _ in Self.error(503) }
    let refusing = try await FakeProvider { _ in Self.error(400) }
    let fine = try await FakeProvider { _ in Self.answer() }
    let policy = RoutingPolicy(retries: 0, cooldown: .zero)
    let models = [
      model("m", [LiveGateway.target("broken/m", broken)], policy, fallbacks: ModelFallbacks(onFailure: ["n", "o"])),
      model("n", [LiveGateway.target("refusing/n", refusing)], policy),
      model("o", [LiveGateway.target("fine/o", fine)], policy),
      model("p", [LiveGateway.target("broken/p", broken)], policy, fallbacks: ModelFallbacks(onFailure: ["n"])),
    ]
    try await LiveGateway.run(models: models) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("m"))
      let response = try await client.response()
      #expect(response.status == 200 && response.body.contains(#""model":"o""#))
      #expect(response["x-sluice-model"] == "o" && response["x-sluice-target"] == "fine/o")
      #expect(response["x-sluice-tried"] == "broken/m=server_error, refusing/n=invalid_request")
      try await client.send(LiveGateway.chat("p"))
      #expect(try await client.response().status == 503)
      let counters = await server.counters()
      #expect(counters.fallbacks == 2 && counters.retries == 3)
      await expectRest(server)
    }
  }

  @Test func `a client that leaves during a wait leaves nothing behind`() async throws {
    let provider = try await FakeProvider { _ in Self.error(500) }
    let policy = RoutingPolicy(backoff: .seconds(8), maximumBackoff: .seconds(8))
    try await LiveGateway.run(models: [model("m", [LiveGateway.target("a/m", provider)], policy)]) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("m"))
      while await server.counters().retryWaits == 0 { await Task.yield() }
      try await client.close()
      while await server.counters().clientDisconnects == 0 { await Task.yield() }
      await expectRest(server)
    }
  }
}

/// A switch that a test turns while a provider runs.
private final class Flag: Sendable {
  private let state: Mutex<Bool>
  init(_ value: Bool) { state = Mutex(value) }
  var value: Bool { state.withLock { $0 } }
  func set(_ value: Bool) { state.withLock { $0 = value } }
}
