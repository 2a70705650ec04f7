import NIOCore
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(1))) struct GuardRailTests {
  @Test func `one connection too many is told so, and a place that becomes free is used`() async throws {
    var limits = GatewayLimits()
    limits.maxConnections = 2
    try await LiveGateway.run(limits: limits, eventLoops: 2) { server in
      let first = try await RawClient(port: server.address.port)
      let second = try await RawClient(port: server.address.port)
      for client in [first, second] {
        try await client.send(LiveGateway.chat("demo"))
        #expect(try await client.response().status == 200)
      }
      let third = try await RawClient(port: server.address.port)
      let refusal = try await third.response()
      #expect(refusal.status == 503 && refusal["retry-after"] == "1" && refusal["connection"] == "close")
      try await third.close()
      try await first.close()
      while await server.counters().openConnections > 1 { await Task.yield() }
      let fourth = try await RawClient(port: server.address.port)
      try await fourth.send(LiveGateway.chat("demo"))
      #expect(try await fourth.response().status == 200)
    }
  }

  @Test func `one request too many is told so, but health is always answered`() async throws {
    let gate = FakeProvider.Gate()
    let provider = try await FakeProvider { _ in [.wait(gate), FakeProvider.json("{}")] }
    var limits = GatewayLimits()
    limits.maxConcurrentRequests = 1
    try await LiveGateway.run(provider: provider, limits: limits, eventLoops: 2) { server in
      var events = provider.events()
      let busy = try await RawClient(port: server.address.port)
      try await busy.send(LiveGateway.chat("public"))
      while let event = await events.next(isolation: nil) {
        if case .request = event { break }
      }
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("demo"))
      let refusal = try await client.response()
      #expect(refusal.status == 503 && refusal["retry-after"] == "1" && refusal["connection"] == nil)
      try await client.send(LiveGateway.get("/health/readiness"))
      #expect(try await client.response().status == 200)
      gate.open()
      #expect(try await busy.response().status == 200)
      try await client.send(LiveGateway.chat("demo"))
      #expect(try await client.response().status == 200)
      #expect(await server.counters().errors == ["too_many_requests": 1])
    }
  }

  @Test func `a head that drips in is cut off, however often something comes`() async throws {
    var limits = GatewayLimits()
    limits.headTimeout = .milliseconds(200)
    try await LiveGateway.run(limits: limits) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send("GET /health/liveness HTTP/1.1\r\n")
      // The gateway closes in the middle of this.
      while (try? await client.send("x: y\r\n")) != nil { await Task.yield() }
      #expect(await server.counters().openConnections == 0)
    }
  }
}
