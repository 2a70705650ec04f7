import NIOCore
import Testing

@testable import GatewayRuntime

/// What goes wrong on the wire between the gateway and a provider or a client: never a crash, never a wrong answer, and
/// afterwards everything is as before.
@Suite(.timeLimit(.minutes(2))) struct FaultTests {
  private static let good = FakeProvider.json(#"{"model":"upstream-name","fine":true}"#)
  private static let jsonHead = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 40\r\n\r\n"

  /// What a client may see of a fault.
  enum Outcome: Equatable {
    /// An answer with this status, and the reason in the counters; `nil` for an answer as it should be.
    case status(Int, String?)
    /// A broken connection, for part of the answer is out already.
    case cut(String)
    /// A stream that ends with an error event.
    case errorEvent(String)
  }

  struct Fault: CustomTestStringConvertible {
    let testDescription: String
    let steps: [FakeProvider.Step]
    let outcome: Outcome

    var isBeforeAnswer: Bool {
      switch steps.first {
      case .close, .reset: true
      default: false
      }
    }

    init(_ description: String, _ steps: [FakeProvider.Step], _ outcome: Outcome) {
      testDescription = description
      self.steps = steps
      self.outcome = outcome
    }
  }

  static let faults = [
    Fault("reset before the head", [.reset], .status(502, "upstream_closed")),
    Fault("closed before the head", [.close], .status(502, "upstream_closed")),
    Fault("closed in the head", [.send("HTTP/1.1 200 OK\r\nconte"), .close], .status(502, "upstream_closed")),
    Fault("closed after an interim head", [.send("HTTP/1.1 100 \r\n\r\n"), .close], .status(502, "upstream_closed")),
    // A short answer is held until it is complete; of a long one a part has gone out.
    Fault("closed in the body", [.send(jsonHead + #"{"model":"x","#), .close], .status(502, "upstream_closed")),
    Fault(
      "closed in a long body",
      [
        .send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n"),
        .send(#"{"model":"x","text":""# + String(repeating: "a", count: 100_000)), .close,
      ], .cut("upstream_closed")),
    Fault("closed before the body", [.send(jsonHead), .close], .status(502, "upstream_closed")),
    Fault(
      "closed in a stream", [FakeProvider.streamHead, FakeProvider.chunk("data: {}\n\n"), .close],
      .errorEvent("upstream_closed")),
    Fault(
      "garbage between the chunks of a stream",
      [FakeProvider.streamHead, FakeProvider.chunk("data: {}\n\n"), .send("zz\r\n")], .errorEvent("upstream_malformed")),
    Fault("garbage", [.send("\u{0}\u{1}garbage")], .status(502, "upstream_malformed")),
    Fault("another protocol", [.send("SSH-2.0-OpenSSH_9.9\r\n")], .status(502, "upstream_malformed")),
    Fault(
      "a head without end", [.send("HTTP/1.1 200 OK\r\nx: "), .flood(1 << 20)], .status(502, "upstream_malformed")),
    Fault(
      "a field without end of line", [.send("HTTP/1.1 200 OK\r\n"), .flood(1 << 20)],
      .status(502, "upstream_malformed")),
    Fault(
      "two lengths", [.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x")],
      .status(502, "upstream_malformed")),
    Fault(
      "a length and a coding",
      [.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")],
      .status(502, "upstream_malformed")),
    Fault("a change of protocol", [.send("HTTP/1.1 101 Switching\r\n\r\n")], .status(502, "upstream_malformed")),
    Fault(
      "a body that is longer than its length",
      [.send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}surplus")],
      .status(200, nil)),
    Fault(
      "a second answer that nobody asked for",
      [
        .send(
          "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"
            + "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 13\r\n\r\n{\"evil\":true}")
      ], .status(200, nil)),
    Fault(
      "an answer that ends with the connection",
      [.send("HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{}"), .close], .status(200, nil)),
    Fault("interim answers first", [.send("HTTP/1.1 102 \r\n\r\nHTTP/1.1 103 \r\n\r\n"), good], .status(200, nil)),
    Fault(
      "an answer byte by byte",
      (jsonHead + #"{"model":"upstream-name","fine":1234567}"#).utf8.map { .send(String(UnicodeScalar($0))) },
      .status(200, nil)),
  ]

  @Test(arguments: faults)
  func `a fault of the provider is told as it is, and the next request is served`(fault: Fault) async throws {
    let provider = try await FakeProvider { $0.body.contains("fault") ? fault.steps : [Self.good] }
    try await LiveGateway.run(provider: provider) { server in
      // On a fresh connection to the provider and on one that was used before.
      for isReused in [false, true] {
        let client = try await RawClient(port: server.address.port)
        if isReused { try await Self.expectGood(client) }
        let before = await server.counters()
        try await client.send(LiveGateway.chat("public", extra: #","user":"fault""#))
        var label: String?
        switch fault.outcome {
        case .status(let status, let reason):
          let response = try await client.response()
          #expect(response.status == status && !response.body.contains("evil"), "\(response)")
          label = reason
        case .cut(let reason):
          let text = try await client.readToEnd()
          #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n") && !text.hasSuffix("}"))
          label = reason
        case .errorEvent(let reason):
          let events = try await client.response().body.split(separator: "\n\n")
          #expect(events.count == 3 && events.last == "data: [DONE]" && events[1].contains(#""error""#), "\(events)")
          label = reason
        }
        var expected = before.errors
        if let label { expected[label, default: 0] += 1 }
        let after = await server.counters()
        // A used connection that ends without a byte is replaced; here the next one meets the same fault.
        let retries = isReused && fault.isBeforeAnswer ? 1 : 0
        #expect(after.upstreamRetries - before.upstreamRetries == retries)
        #expect(after.errors == expected && after.inFlight == 0)
        try? await client.close()
        let next = try await RawClient(port: server.address.port)
        try await Self.expectGood(next)
        try await next.close()
      }
      await Self.expectNoConnections(server)
    }
  }

  private static func expectGood(_ client: RawClient) async throws {
    try await client.send(LiveGateway.chat("public"))
    let response = try await client.response()
    #expect(response.status == 200 && response.body == #"{"model":"public","fine":true}"#)
  }

  /// The client's end is seen by the gateway a moment later.
  private static func expectNoConnections(_ server: GatewayServer) async {
    while await server.counters().openConnections > 0 { await Task.yield() }
    #expect(await server.counters().inFlight == 0)
  }

  @Test func `a stream that is reset ends with an error event`() async throws {
    let gate = FakeProvider.Gate()
    let provider = try await FakeProvider { _ in
      [FakeProvider.streamHead, FakeProvider.chunk("data: {}\n\n"), .wait(gate), .reset]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public", extra: #","stream":true"#))
      // A reset throws away what was not read, so it waits until the event has arrived.
      _ = try await client.read(until: "data: {}\n\n")
      gate.open()
      let rest = try await client.read(until: "[DONE]\n\n")
      #expect(rest.contains(#"data: {"error""#))
    }
  }

  @Test func `connections that the provider closed between requests cost no request`() async throws {
    let provider = try await FakeProvider { _ in [Self.good, .close] }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      for _ in 0..<20 { try await Self.expectGood(client) }
      #expect(await server.counters().errors.isEmpty)
    }
  }

  @Test func `a name that does not resolve is a provider that cannot be reached`() async throws {
    try await LiveGateway.run(origin: UpstreamOrigin(scheme: .http, host: "not..a..name", port: 80)) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      #expect(try await client.response().status == 503)
      #expect(await server.counters().errors == ["upstream_unreachable": 1])
    }
  }

  @Test func `a provider that speaks no TLS where TLS was expected gets no request`() async throws {
    let provider = try await FakeProvider { _ in [Self.good] }
    try await LiveGateway.run(origin: UpstreamOrigin(scheme: .https, host: "127.0.0.1", port: provider.port)) {
      server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      #expect(try await client.response().status == 502)
      var events = provider.events()
      while let event = await events.next(isolation: nil) {
        if case .request = event { Issue.record("the request went out in the clear") }
        if case .closed = event { break }
      }
    }
  }

  @Test(arguments: [
    "", "POST /v1/cha", "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{\"model\":",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"mo",
    LiveGateway.chat("public"), LiveGateway.chat("public", extra: #","stream":true"#),
    LiveGateway.chat("public") + LiveGateway.chat("public"), LiveGateway.chat("demo") + "GARBAGE",
  ])
  func `a client that leaves at any stage leaves nothing behind`(sent: String) async throws {
    let provider = try await FakeProvider { request in
      request.body.contains("stream") ? [FakeProvider.streamHead, FakeProvider.chunk("data: {}\n\n")] : []
    }
    try await LiveGateway.run(provider: provider) { server in
      for isReset in [false, true] {
        let client = try await RawClient(port: server.address.port)
        try await client.send(sent)
        while await server.counters().openConnections == 0 { await Task.yield() }
        try await client.close(reset: isReset)
        await Self.expectNoConnections(server)
      }
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("demo"))
      #expect(try await client.response().status == 200)
    }
  }
}
