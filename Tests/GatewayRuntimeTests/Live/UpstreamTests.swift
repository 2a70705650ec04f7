import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(1))) struct UpstreamTests {
  private static let answer = #"{"id":"c-1","model":"upstream-name-2024","choices":[],"x_unknown":{"model":"stays"}}"#

  private func nextRequest(_ events: inout AsyncStream<FakeProvider.Event>.Iterator) async -> FakeProvider.Request? {
    while let event = await events.next(isolation: nil) {
      if case .request(let request) = event { return request }
    }
    return nil
  }

  @Test func `only the model changes on the way, and no credential of the client leaves`() async throws {
    let provider = try await FakeProvider { _ in
      [
        FakeProvider.json(
          Self.answer, fields: "set-cookie: a=b\r\nx-ratelimit-remaining-requests: 7\r\nx-request-id: up-1\r\n")
      ]
    }
    try await LiveGateway.run(provider: provider, access: .masterKey(SecretValue(LiveGateway.key))) { server in
      var events = provider.events()
      let client = try await RawClient(port: server.address.port)
      let extra = #","temperature":0.70,"future_field":[1e2,"\u00e9"]"#
      let fields =
        LiveGateway.authorization
        + "x-api-key: also-secret\r\ncookie: c=1\r\nx-request-id: my-id\r\nuser-agent: test\r\n"
      try await client.send(LiveGateway.chat("public", fields: fields, extra: extra))
      let response = try await client.response()
      #expect(response.status == 200)
      #expect(response.body == Self.answer.replacing("upstream-name-2024", with: "public"))
      #expect(response["x-request-id"] == "my-id")
      #expect(response["x-sluice-target"] == "fake/upstream-name")
      #expect(response["x-sluice-upstream-request-id"] == "up-1")
      #expect(response["x-ratelimit-remaining-requests"] == "7")
      #expect(response["set-cookie"] == nil)

      let seen = try #require(await nextRequest(&events))
      #expect(seen.body == #"{"model":"upstream-name","messages":[{"role":"user","content":"hi"}]\#(extra)}"#)
      #expect(seen.head.uri == "/v1/chat/completions")
      #expect(seen.head.headers["authorization"] == ["Bearer provider-key"])
      #expect(seen.head.headers["x-request-id"] == ["my-id"])
      #expect(seen.head.headers["user-agent"] == ["test"])
      #expect(seen.head.headers["host"] == ["127.0.0.1:\(provider.port)"])
      for name in ["x-api-key", "cookie"] { #expect(seen.head.headers[name] == []) }
    }
  }

  @Test func `connections to the provider are used again`() async throws {
    let provider = try await FakeProvider { _ in [FakeProvider.json(Self.answer)] }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      for _ in 0..<3 {
        try await client.send(LiveGateway.chat("public"))
        #expect(try await client.response().status == 200)
      }
      let counters = await server.counters()
      #expect(counters.upstreamConnects == 1 && counters.upstreamReused == 2)
    }
  }

  @Test func `an answer in odd pieces arrives whole`() async throws {
    let provider = try await FakeProvider { request in
      let pieces: [FakeProvider.Step] =
        request.ordinal == 1
        ? Self.answer.map { .send(String($0)) }
        : [
          FakeProvider.streamHead, FakeProvider.chunk("data: {\"model\""),
          FakeProvider.chunk(":\"upstream-name\",\"a\":1}\n"),
          FakeProvider.chunk("\ndata: [DO"), FakeProvider.chunk("NE]\n\n"), FakeProvider.streamEnd,
        ]
      let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: \(Self.answer.utf8.count)\r\n\r\n"
      return (request.ordinal == 1 ? [.send(head)] : []) + pieces
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      #expect(try await client.response().body == Self.answer.replacing("upstream-name-2024", with: "public"))
      try await client.send(LiveGateway.chat("public", extra: #","stream":true"#))
      let stream = try await client.response()
      #expect(stream["content-type"] == "text/event-stream" && stream["cache-control"] == "no-cache")
      #expect(stream.body == "data: {\"model\":\"public\",\"a\":1}\n\ndata: [DONE]\n\n")
    }
  }

  @Test func `an event reaches the client before the next one exists`() async throws {
    let gate = FakeProvider.Gate()
    let provider = try await FakeProvider { _ in
      [
        FakeProvider.streamHead, FakeProvider.chunk("data: {\"n\":1}\n\n"), .wait(gate),
        FakeProvider.chunk("data: {\"n\":2}\n\ndata: [DONE]\n\n"), FakeProvider.streamEnd,
      ]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public", extra: #","stream":true"#))
      _ = try await client.read(until: "{\"n\":1}\n\n")
      gate.open()
      _ = try await client.read(until: "[DONE]\n\n")
    }
  }

  @Test(arguments: [
    (
      429, #"{"error":{"message":"slow down","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
      "slow down"
    ),
    (400, #"{"object":"error","message":"too long"}"#, "too long"),
    (503, "<html>", "The provider answered with status 503."),
    (401, #"{"error":{"message":"bad key sk-123"}}"#, "The provider refused the gateway's credentials."),
  ])
  func `a provider's error keeps its status and gets OpenAI's shape`(status: Int, body: String, message: String)
    async throws
  {
    let provider = try await FakeProvider { _ in
      [FakeProvider.json(body, status: "\(status) X", fields: "retry-after: 3\r\n")]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      let response = try await client.response()
      #expect(response.status == status && response["retry-after"] == "3")
      #expect(response.body.hasPrefix(#"{"error":{"message":"\#(message)""#), "\(response.body)")
      #expect(response.fields.filter { $0.name == "content-type" }.map(\.value) == ["application/json"])
    }
  }

  @Test func `an unused connection that the provider closed is replaced once, unseen by the client`() async throws {
    let provider = try await FakeProvider { request in
      request.ordinal == 1 ? [FakeProvider.json(Self.answer)] : [.close]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      for _ in 0..<2 {
        try await client.send(LiveGateway.chat("public"))
        #expect(try await client.response().status == 200)
      }
      #expect(await server.counters().upstreamRetries == 1)
    }
  }

  @Test(arguments: ["garbage\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-le"])
  func `an unused connection on which an answer has begun is not replaced`(beginning: String) async throws {
    let provider = try await FakeProvider { request in
      request.ordinal == 1 ? [FakeProvider.json(Self.answer)] : [.send(beginning), .close]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      for status in [200, 502] {
        try await client.send(LiveGateway.chat("public"))
        #expect(try await client.response().status == status)
      }
      let counters = await server.counters()
      #expect(counters.upstreamReused == 1 && counters.upstreamRetries == 0 && counters.upstreamConnects == 1)
    }
  }

  @Test func `a fresh connection that breaks is not tried again`() async throws {
    let provider = try await FakeProvider { _ in [.close] }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      let response = try await client.response()
      #expect(response.status == 502 && response.body.contains(#""type":"server_error""#))
      #expect(await server.counters().upstreamConnects == 1)
    }
  }

  @Test func `a provider that is not there is answered 503`() async throws {
    let provider = try await FakeProvider { _ in [] }
    try await provider.stop()
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      #expect(try await client.response().status == 503)
    }
  }

  @Test(arguments: [
    "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
    "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n",
  ])
  func `an answer that makes no sense is answered 502`(answer: String) async throws {
    let provider = try await FakeProvider { _ in [.send(answer)] }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      #expect(try await client.response().status == 502)
    }
  }

  @Test func `a provider that does not answer is given up after the request timeout`() async throws {
    let provider = try await FakeProvider { _ in [] }
    var limits = GatewayLimits()
    limits.requestTimeout = .milliseconds(50)
    try await LiveGateway.run(provider: provider, limits: limits) { server in
      var events = provider.events()
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      #expect(try await client.response().status == 504)
      while let event = await events.next(isolation: nil) {
        if case .closed = event { break }
      }
    }
  }

  @Test func `an answer that drips is given up after the request timeout, a stream that drips is not`() async throws {
    let drip = Array(repeating: [FakeProvider.Step.pause(.milliseconds(25)), .send(" ")], count: 400).flatMap(\.self)
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n"
    let events = (0..<10).flatMap { _ in [FakeProvider.Step.pause(.milliseconds(150)), FakeProvider.chunk(":\n\n")] }
    let provider = try await FakeProvider { request in
      if request.body.contains("whole stream") { return [FakeProvider.streamHead] + events + [FakeProvider.streamEnd] }
      return [.send(head)] + (request.body.contains("head only") ? [] : drip)
    }
    var limits = GatewayLimits()
    // Long enough for the head of the stream to come in time on a busy machine.
    limits.requestTimeout = .seconds(1)
    try await LiveGateway.run(provider: provider, limits: limits) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public", extra: #","user":"head only""#))
      #expect(try await client.response().status == 504)
      try await client.send(LiveGateway.chat("public", extra: #","user":"whole stream""#))
      let stream = try await client.response()
      #expect(stream.status == 200 && stream.body == String(repeating: ":\n\n", count: 10))
      try await client.send(LiveGateway.chat("public", fields: "connection: close\r\n"))
      let cut = try await client.readToEnd()
      #expect(cut.hasPrefix("HTTP/1.1 200 OK\r\n") && !cut.hasSuffix("0\r\n\r\n"))
      #expect(await server.counters().errors == ["upstream_timeout": 2])
    }
  }

  @Test func `a stream that falls silent or breaks ends with an error event`() async throws {
    for steps: [FakeProvider.Step] in [[], [.close]] {
      let provider = try await FakeProvider { _ in
        [FakeProvider.streamHead, FakeProvider.chunk("data: {\"n\":1}\n\ndata: {\"half\":")] + steps
      }
      var limits = GatewayLimits()
      limits.streamIdleTimeout = .milliseconds(500)
      try await LiveGateway.run(provider: provider, limits: limits) { server in
        let client = try await RawClient(port: server.address.port)
        try await client.send(LiveGateway.chat("public", extra: #","stream":true"#))
        let events = try await client.response().body.split(separator: "\n\n")
        #expect(events.count == 3)
        #expect(events.first == #"data: {"n":1}"# && events.last == "data: [DONE]")
        #expect(events[1].hasPrefix(#"data: {"error":{"message":"The provider"#))
        // The connection is as good as before.
        try await client.send(LiveGateway.get("/health/liveness"))
        #expect(try await client.response().status == 200)
      }
    }
  }

  @Test func `an answer that breaks off is not passed off as complete`() async throws {
    let provider = try await FakeProvider { _ in
      [
        .send("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{\"model\":\"x\","),
        .close,
      ]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public"))
      let everything = try await client.readToEnd()
      #expect(everything.contains("content-length: 100005"))
      #expect(everything.hasSuffix("{\"model\":\"public\","))
    }
  }

  @Test(arguments: [false, true])
  func `a client that leaves cancels the call at once`(hasBegun: Bool) async throws {
    let provider = try await FakeProvider { _ in
      hasBegun ? [FakeProvider.streamHead, FakeProvider.chunk("data: {\"n\":1}\n\n")] : []
    }
    try await LiveGateway.run(provider: provider) { server in
      var events = provider.events()
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public", extra: #","stream":true"#))
      _ = await nextRequest(&events)
      if hasBegun { _ = try await client.read(until: "{\"n\":1}\n\n") }
      try await client.close()
      while let event = await events.next(isolation: nil) {
        if case .closed = event { break }
      }
      let counters = await server.counters()
      #expect(counters.upstreamCancelled == 1 && counters.clientDisconnects == 1 && counters.inFlight == 0)
    }
  }

  @Test func `a slow reader holds the provider back and then gets everything`() async throws {
    let size = 64 << 20
    let provider = try await FakeProvider { _ in
      [.send("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: \(size)\r\n\r\n"), .flood(size)]
    }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port, receiveBuffer: 1 << 16)
      try await client.send(LiveGateway.chat("public"))
      _ = try await client.response(toHead: true)
      // Nothing more is read: the gateway must stop soon, holding little.
      while await server.unsentBytes() == 0 { await Task.yield() }
      var held = 0
      for _ in 0..<2000 { held = max(held, await server.unsentBytes()) }
      #expect(held > 0 && held < 1 << 20, "\(held) bytes held")
      try await client.read(count: size)
      #expect(await server.counters().bodyBytesSent == size)
    }
  }

  @Test func `a reader that has stopped for good is let go`() async throws {
    let provider = try await FakeProvider { _ in
      [.send("HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n"), .flood(64 << 20)]
    }
    var limits = GatewayLimits()
    limits.idleTimeout = .seconds(1)
    try await LiveGateway.run(provider: provider, limits: limits) { server in
      var events = provider.events()
      let client = try await RawClient(port: server.address.port, receiveBuffer: 1 << 16)
      try await client.send(LiveGateway.chat("public"))
      while let event = await events.next(isolation: nil) {
        if case .closed = event { break }
      }
      #expect(await server.counters().openConnections == 0)
    }
  }

  @Test func `the log says what happened and neither key nor text`() async throws {
    let provider = try await FakeProvider { _ in [FakeProvider.json(Self.answer)] }
    let lines = LineRecorder()
    let logger = Logger(label: "test") { _ in RecordingLogHandler(recorder: lines) }
    try await LiveGateway.run(provider: provider, access: .masterKey(SecretValue(LiveGateway.key)), logger: logger) {
      server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public", fields: LiveGateway.authorization + "x-request-id: my-id\r\n"))
      _ = try await client.response()
    }
    let text = lines.lines.withLock { $0 }.joined()
    #expect(text.contains("my-id") && text.contains("fake/upstream-name") && text.contains("/v1/chat/completions"))
    for secret in [LiveGateway.key, "provider-key", "\"hi\""] { #expect(!text.contains(secret)) }
  }
}

final class LineRecorder: Sendable {
  let lines = Mutex<[String]>([])
}

private struct RecordingLogHandler: LogHandler {
  let recorder: LineRecorder
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.trace

  init(recorder: LineRecorder) { self.recorder = recorder }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    recorder.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
  }
}
