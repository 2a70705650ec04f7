import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
  @Test func `a stream in flight ends as it should, and what rests is closed`() async throws {
    let gate = FakeProvider.Gate()
    let provider = try await FakeProvider { _ in
      [
        FakeProvider.streamHead, FakeProvider.chunk("data: {\"n\":1}\n\n"), .wait(gate),
        FakeProvider.chunk("data: [DONE]\n\n"), FakeProvider.streamEnd,
      ]
    }
    let server = try await LiveGateway.start(provider: provider, eventLoops: 2)
    let idle = try await RawClient(port: server.address.port)
    try await idle.send(LiveGateway.get("/health/readiness"))
    #expect(try await idle.response().status == 200)
    let busy = try await RawClient(port: server.address.port)
    try await busy.send(LiveGateway.chat("public", extra: #","stream":true"#))
    _ = try await busy.read(until: "{\"n\":1}\n\n")

    async let outcome = server.shutdown(grace: .seconds(30))
    #expect(try await idle.readToEnd() == "")
    await #expect(throws: (any Error).self) { try await RawClient(port: server.address.port) }
    gate.open()
    #expect(try await busy.readToEnd().hasSuffix("0\r\n\r\n"))
    #expect(await outcome == GatewayServer.ShutdownOutcome(interruptedRequests: 0))
  }

  @Test func `readiness says no before the port closes`() async throws {
    let server = try await LiveGateway.start()
    let watcher = try await RawClient(port: server.address.port)
    async let outcome = server.shutdown(announcement: .seconds(1), grace: .seconds(30))
    var response: RawClient.Response
    repeat {
      let probe = try await RawClient(port: server.address.port)
      try await probe.send(LiveGateway.get("/health/readiness"))
      response = try await probe.response()
    } while response.status == 200
    #expect(response.status == 503 && response.body == #"{"status":"shutting_down"}"#)
    #expect(response["connection"] == "close")
    // A request that comes late is still answered.
    try await watcher.send(LiveGateway.chat("demo"))
    #expect(try await watcher.response().status == 200)
    #expect(await outcome.interruptedRequests == 0)
  }

  @Test func `what is not done within the grace period is cut off and counted`() async throws {
    let provider = try await FakeProvider { _ in [FakeProvider.streamHead, FakeProvider.chunk("data: {\"n\":1}\n\n")] }
    let server = try await LiveGateway.start(provider: provider)
    let client = try await RawClient(port: server.address.port)
    try await client.send(LiveGateway.chat("public", extra: #","stream":true"#))
    _ = try await client.read(until: "{\"n\":1}\n\n")
    #expect(await server.shutdown(grace: .milliseconds(50)).interruptedRequests == 1)
    _ = try await client.readToEnd()
  }
}
