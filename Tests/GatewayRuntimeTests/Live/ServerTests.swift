import Logging
import NIOCore
import NIOPosix
import Testing

@testable import GatewayRuntime

@Suite(.timeLimit(.minutes(1))) struct ServerTests {
  @Test func `health, keep-alive, HEAD and OPTIONS on one connection`() async throws {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      for path in ["/health/liveliness", "/health/liveness"] {
        try await client.send(LiveGateway.get(path))
        let response = try await client.response()
        #expect(response.status == 200 && response.body == #""I'm alive!""#)
      }
      try await client.send(LiveGateway.get("/health/readiness"))
      #expect(try await client.response().body == #"{"status":"healthy","db":"Not connected"}"#)
      try await client.send(LiveGateway.get("/health/readiness", method: "HEAD"))
      let head = try await client.response(toHead: true)
      #expect(head.status == 200 && head["content-length"] == "41")
      try await client.send(LiveGateway.get("/health/liveness", method: "OPTIONS"))
      let options = try await client.response()
      #expect(options.status == 200 && options["allow"] == "GET, OPTIONS")
      #expect(await server.counters().connections == 1)
    }
  }

  @Test func `pipelined requests are answered in order, whatever they are`() async throws {
    let provider = try await FakeProvider { _ in [FakeProvider.json(#"{"model":"upstream-name","slow":1}"#)] }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      let requests = [
        LiveGateway.chat("public"), LiveGateway.get("/health/liveness"), LiveGateway.get("/nope"),
        LiveGateway.chat("demo"), LiveGateway.chat("public"), LiveGateway.get("/v1/models/demo"),
      ]
      try await client.send(requests.joined())
      var answers: [String] = []
      for _ in requests { answers.append(try await client.response().body) }
      #expect(answers[0] == #"{"model":"public","slow":1}"# && answers[4] == answers[0])
      #expect(answers[1] == #""I'm alive!""#)
      #expect(answers[2].contains(#""code":"404""#))
      #expect(answers[3].contains("mock provider"))
      #expect(answers[5].contains(#""id":"demo""#))
    }
  }

  @Test func `a request that comes byte by byte is understood`() async throws {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      for byte in LiveGateway.chat("demo") { try await client.send(String(byte)) }
      #expect(try await client.response().status == 200)
    }
  }

  @Test(arguments: [
    ("", 401, "auth_error"), ("authorization: Bearer wrong\r\n", 401, "auth_error"),
    ("authorization: Basic \(LiveGateway.key)\r\n", 401, "auth_error"), (LiveGateway.authorization, 200, ""),
    ("x-api-key: \(LiveGateway.key)\r\n", 200, ""), ("API-Key: \(LiveGateway.key)\r\n", 200, ""),
    ("x-litellm-api-key: Bearer \(LiveGateway.key)\r\nauthorization: Bearer wrong\r\n", 200, ""),
    ("x-litellm-api-key: wrong\r\n\(LiveGateway.authorization)", 401, "auth_error"),
  ])
  func `callers show the master key in one of the known fields`(fields: String, status: Int, type: String) async throws
  {
    try await LiveGateway.run(access: .masterKey(SecretValue(LiveGateway.key))) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("demo", fields: fields))
      let response = try await client.response()
      #expect(response.status == status)
      #expect(type.isEmpty || response.body.contains(#""type":"\#(type)","param":null,"code":"401"}}"#))
      #expect((response["www-authenticate"] == "Bearer") == (status == 401))
      // A refusal does not cost the connection, and health needs no key.
      try await client.send(LiveGateway.get("/health/liveness"))
      #expect(try await client.response().status == 200)
    }
  }

  @Test func `models are listed and described`() async throws {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(
        LiveGateway.get("/v1/models") + LiveGateway.get("/models/demo") + LiveGateway.get("/models/other"))
      let demo = #"{"id":"demo","object":"model","created":1677610602,"owned_by":"openai"}"#
      #expect(try await client.response().body == #"{"data":[\#(demo)],"object":"list"}"#)
      #expect(try await client.response().body == demo)
      #expect(try await client.response().status == 404)
    }
  }

  @Test(arguments: [
    (LiveGateway.get("/nope"), 404, "null"), (LiveGateway.get("/v1/chat/completions"), 405, "null"),
    (LiveGateway.post("{"), 400, #""request_body""#), (LiveGateway.post(#"{"model":"demo"}"#), 400, #""messages""#),
    ("GET /health/liveness HTTP/1.1\r\n\r\n", 400, "null"), (LiveGateway.get("/", fields: "host: y\r\n"), 400, "null"),
    (LiveGateway.chat("dmo"), 400, #""model""#), (LiveGateway.post(""), 400, #""request_body""#),
  ])
  func `mistakes are answered in OpenAI's shape and the connection goes on`(request: String, status: Int, param: String)
    async throws
  {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(request)
      let response = try await client.response()
      #expect(response.status == status)
      #expect(response.body.contains(#""param":\#(param),"code":"\#(status)"}}"#), "\(response.body)")
      #expect(response["connection"] == nil)
      try await client.send(LiveGateway.get("/health/liveness"))
      #expect(try await client.response().status == 200)
    }
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n", "NONSENSE\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/2.0\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n{}",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: gzip\r\n\r\n",
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
  ])
  func `what is not HTTP is answered 400 and the connection ends`(request: String) async throws {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(request + LiveGateway.get("/health/liveness"))
      let everything = try await client.readToEnd()
      #expect(everything.hasPrefix("HTTP/1.1 400 "), "\(everything)")
      #expect(everything.contains("connection: close") && everything.contains("malformed") == false)
      #expect(!everything.contains("alive"))
    }
  }

  @Test func `a broken request after a good one does not take its answer away`() async throws {
    let provider = try await FakeProvider { _ in [FakeProvider.json("{}")] }
    try await LiveGateway.run(provider: provider) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("public") + "BROKEN\r\n\r\n")
      #expect(try await client.response().status == 200)
      #expect(try await client.response().status == 400)
    }
  }

  @Test func `a body over the limit is answered 413 although the client goes on sending`() async throws {
    var limits = GatewayLimits()
    limits.maxBodyBytes = 1000
    try await LiveGateway.run(limits: limits) { server in
      let announced = try await RawClient(port: server.address.port)
      try await announced.send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n")
      try await announced.send(String(repeating: "x", count: 100_000))
      let refusal = try await announced.response()
      #expect(refusal.status == 413 && refusal["connection"] == "close")

      let chunked = try await RawClient(port: server.address.port)
      try await chunked.send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n")
      try await chunked.send("1f4\r\n" + String(repeating: "x", count: 500) + "\r\n")
      try await chunked.send("1f5\r\n" + String(repeating: "x", count: 501) + "\r\n")
      #expect(try await chunked.response().status == 413)
    }
  }

  @Test func `header fields over the limit are answered 431`() async throws {
    var limits = GatewayLimits()
    limits.maxHeaderBytes = 4096
    try await LiveGateway.run(limits: limits) { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(
        LiveGateway.get("/health/liveness", fields: "x-long: \(String(repeating: "x", count: 5000))\r\n"))
      #expect(try await client.response().status == 431)
      let many = try await RawClient(port: server.address.port)
      try await many.send(LiveGateway.get("/health/liveness", fields: (0..<200).map { "x-\($0): 1\r\n" }.joined()))
      #expect(try await many.response().status == 431)
    }
  }

  @Test func `a client that asks first is told to go on, or why not`() async throws {
    try await LiveGateway.run(access: .masterKey(SecretValue(LiveGateway.key))) { server in
      let body = #"{"model":"demo","messages":[]}"#
      let head =
        "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: \(body.utf8.count)\r\n"
      let client = try await RawClient(port: server.address.port)
      try await client.send(head + LiveGateway.authorization + "\r\n")
      #expect(try await client.response().status == 100)
      try await client.send(body)
      #expect(try await client.response().status == 200)
      let refused = try await RawClient(port: server.address.port)
      try await refused.send(head + "\r\n")
      #expect(try await refused.response().status == 401)
      let odd = try await RawClient(port: server.address.port)
      try await odd.send(LiveGateway.post("{}", fields: "expect: coffee\r\n"))
      #expect(try await odd.response().status == 417)
    }
  }

  @Test func `HTTP 1.0 clients get answers that they can delimit`() async throws {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send("GET /health/liveness HTTP/1.0\r\nconnection: keep-alive\r\n\r\n")
      let first = try await client.response()
      #expect(first.status == 200 && first["connection"] == "keep-alive")
      let body = #"{"model":"demo","messages":[],"stream":true}"#
      try await client.send("POST /v1/chat/completions HTTP/1.0\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
      let stream = try await client.readToEnd()
      #expect(stream.contains("connection: close") && !stream.contains("chunked"))
      #expect(stream.hasSuffix("data: [DONE]\n\n"))
    }
  }

  @Test func `clients that are silent too long are let go`() async throws {
    var limits = GatewayLimits()
    limits.idleTimeout = .milliseconds(500)
    try await LiveGateway.run(limits: limits) { server in
      let silent = try await RawClient(port: server.address.port)
      #expect(try await silent.readToEnd() == "")
      let halfHead = try await RawClient(port: server.address.port)
      try await halfHead.send("GET /health/live")
      #expect(try await halfHead.readToEnd() == "")
      let halfBody = try await RawClient(port: server.address.port)
      try await halfBody.send("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{")
      #expect(try await halfBody.readToEnd().hasPrefix("HTTP/1.1 408 "))
    }
  }

  @Test func `a busy port is a clear error and leaves nothing behind`() async throws {
    try await LiveGateway.run { server in
      let error = await #expect(throws: GatewayServerError.self) {
        _ = try await GatewayServer.start(
          LiveGateway.snapshot(port: server.address.port), eventLoops: 1, logger: .init(label: "test"))
      }
      #expect(error?.kind == .addressInUse)
      #expect(error?.message == "cannot listen on 127.0.0.1:\(server.address.port): the address is already in use")
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.get("/health/liveness"))
      #expect(try await client.response().status == 200)
    }
  }

  @Test func `a new snapshot counts for the next request`() async throws {
    try await LiveGateway.run { server in
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.get("/v1/models"))
      #expect(try await client.response().status == 200)
      try await server.replaceSnapshot(LiveGateway.snapshot(access: .masterKey(SecretValue("k"))))
      try await client.send(LiveGateway.get("/v1/models"))
      #expect(try await client.response().status == 401)
    }
  }

  @Test func `requests are counted on all loops`() async throws {
    try await LiveGateway.run(eventLoops: 2) { server in
      for _ in 0..<4 {
        let client = try await RawClient(port: server.address.port)
        try await client.send(LiveGateway.chat("demo") + LiveGateway.chat("dmo"))
        #expect(try await client.response().status == 200)
        #expect(try await client.response().status == 400)
      }
      let counters = await server.counters()
      #expect(counters.responses[2] == 4 && counters.responses[4] == 4)
      #expect(counters.errors == ["unknown_model": 4])
      #expect(counters.inFlight == 0 && counters.connections == 4)
    }
  }
}
