import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import GatewayRuntime

/// Requests broken at random must be answered or refused, never crash the process.
@Suite(.timeLimit(.minutes(2))) struct MalformedRequestTests {
  private static let seeds = [
    LiveGateway.chat("demo"),
    LiveGateway.chat("demo", extra: #","stream":true,"stream_options":{"include_usage":true}"#),
    LiveGateway.get("/v1/models/demo"), LiveGateway.get("/health/readiness", method: "OPTIONS"),
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"mod\r\n4\r\nel\":\r\n0\r\n\r\n",
    LiveGateway.post(
      #"{"model":"demo","messages":[{"role":"user","content":[{"type":"text","text":"a\u00e9\ud83d"}]}]}"#),
    LiveGateway.get("/nope"), LiveGateway.get("/v1/models", method: "PUT"),
    LiveGateway.post(#"{"model":"demo","messages":[]}"# + String(repeating: " ", count: 200)),
    "GET http://a/health/liveness?x=%zz HTTP/1.0\r\nexpect: 100-continue\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
  ]

  private static func mutate(_ text: String, using random: inout LoopRandom) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      case 1: if place < bytes.count { bytes.remove(at: place) }
      case 2: bytes.insert(Array(#"{}[]",:\0u"#.utf8).randomElement(using: &random) ?? 0, at: min(place, bytes.count))
      case 3: bytes.removeLast(min(bytes.count, Int.random(in: 0...20, using: &random)))
      case 4: bytes.insert(contentsOf: bytes.prefix(place).suffix(12), at: min(place, bytes.count))
      default: bytes.insert(contentsOf: "\r\n".utf8, at: min(place, bytes.count))
      }
    }
    return bytes
  }

  @Test func `ten thousand malformed requests are survived without a socket`() throws {
    var random = LoopRandom(seed: 2026)
    var silent = Logger(label: "test")
    silent.logLevel = .critical
    var limits = GatewayLimits()
    limits.maxBodyBytes = 200
    limits.maxHeaderBytes = 4096
    let snapshot = LiveGateway.snapshot(limits: limits)
    var statuses: [Substring: Int] = [:]
    for _ in 0..<10_000 {
      let channel = EmbeddedChannel()
      let loop = LoopState(
        eventLoop: channel.eventLoop, snapshot: snapshot, logger: silent, seed: 1,
        environment: LoopEnvironment(wallClock: { 0 }))
      try channel.pipeline.syncOperations.addHandler(ClientConnection(loop: loop))
      try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
      var rest = ByteBuffer(bytes: Self.mutate(Self.seeds.randomElement(using: &random) ?? "", using: &random))
      while rest.readableBytes > 0 {
        let size = min(rest.readableBytes, Int.random(in: 1...200, using: &random))
        // A closed channel refuses more, as a closed socket would.
        guard let piece = rest.readSlice(length: size), (try? channel.writeInbound(piece)) != nil else { break }
      }
      var output = ""
      while let piece = try channel.readOutbound(as: ByteBuffer.self) { output += String(buffer: piece) }
      #expect(output.isEmpty || output.hasPrefix("HTTP/1.1 "))
      statuses[output.dropFirst(9).prefix(3), default: 0] += 1
      _ = try? channel.finish(acceptAlreadyClosed: true)
      #expect(loop.counters.inFlight == 0 && loop.connections.isEmpty)
    }
    // The mutations must reach deep and shallow places, or the test tests nothing.
    for status in ["200", "400", "404", "405", "413", ""] {
      #expect(statuses[status[...], default: 0] > 20, "\(statuses)")
    }
  }

  @Test func `a live gateway survives malformed requests and serves on`() async throws {
    var random = LoopRandom(seed: 7)
    try await LiveGateway.run { server in
      for _ in 0..<500 {
        let client = try await RawClient(port: server.address.port)
        let bytes = Self.mutate(Self.seeds.randomElement(using: &random) ?? "", using: &random)
        // The gateway may close before everything is sent.
        try? await client.send(String(decoding: bytes, as: UTF8.self))
        try? await client.close()
      }
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("demo"))
      #expect(try await client.response().status == 200)
    }
  }
}
