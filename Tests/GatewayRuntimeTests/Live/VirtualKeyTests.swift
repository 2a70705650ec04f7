import NIOCore
import Testing

@testable import GatewayRuntime

/// Clients with keys of their own, through real sockets.
@Suite(.timeLimit(.minutes(1))) struct VirtualKeyTests {
  private static func access(_ models: Set<String>? = nil, _ limits: KeyLimits = KeyLimits()) -> GatewayAccess {
    .keys(
      KeyTable(
        master: SecretValue(LiveGateway.key),
        keys: [VirtualKey(name: "bot", secret: SecretValue("sk-bot"), models: models, limits: limits)]))
  }

  private static let bot = "authorization: Bearer sk-bot\r\n"

  private static var models: [PublicModel] {
    [PublicModel(name: "other", targets: [ModelTarget(id: "mock/other", provider: .mock, model: "other")])]
  }

  @Test func `a key sees and uses its models only, the master key all`() async throws {
    try await LiveGateway.run(models: Self.models, access: Self.access(["other"])) { server in
      let client = try await RawClient(port: server.address.port)
      for (fields, seen) in [(Self.bot, ["other"]), (LiveGateway.authorization, ["demo", "other"])] {
        try await client.send(LiveGateway.get("/v1/models", fields: fields))
        let list = try await client.response().body
        for model in ["demo", "other"] { #expect(list.contains("\"\(model)\"") == seen.contains(model)) }
        for model in ["demo", "other"] {
          try await client.send(LiveGateway.get("/v1/models/\(model)", fields: fields))
          #expect(try await client.response().status == (seen.contains(model) ? 200 : 404))
          try await client.send(LiveGateway.chat(model, fields: fields))
          let response = try await client.response()
          #expect(response.status == (seen.contains(model) ? 200 : 403))
        }
      }
      try await client.send(LiveGateway.chat("dmo", fields: Self.bot))
      // Names of models that the key may not use are not told.
      #expect(try await client.response().body.contains("demo") == false)
    }
  }

  @Test func `requests a minute are counted over all connections, and the refusal says when to come back`() async throws
  {
    let access = Self.access(nil, KeyLimits(requestsPerMinute: 5))
    try await LiveGateway.run(access: access, eventLoops: 2) { server in
      var statuses: [Int] = []
      for _ in 0..<4 {
        let client = try await RawClient(port: server.address.port)
        for _ in 0..<2 {
          try await client.send(LiveGateway.chat("demo", fields: Self.bot))
          let response = try await client.response()
          statuses.append(response.status)
          #expect(response["x-ratelimit-limit-requests"] == "5")
          guard response.status == 429 else { continue }
          #expect(response["retry-after"].flatMap { Int($0) }.map { (1...12).contains($0) } == true)
          #expect(response["x-ratelimit-remaining-requests"] == "0")
          #expect(response.body.contains(#""type":"requests""#))
        }
      }
      #expect(statuses.filter { $0 == 200 }.count == 5, "\(statuses)")
      let client = try await RawClient(port: server.address.port)
      try await client.send(LiveGateway.chat("demo", fields: LiveGateway.authorization))
      #expect(try await client.response().status == 200)
      #expect(await server.counters().limited == 3)
    }
  }

  @Test(arguments: [false, true])
  func `parallel requests are counted, and a place is free again when a client leaves`(leaves: Bool) async throws {
    let gate = FakeProvider.Gate()
    let provider = try await FakeProvider { request in
      request.body.contains("quick") ? [FakeProvider.json("{}")] : [.wait(gate), FakeProvider.json("{}")]
    }
    let access = Self.access(nil, KeyLimits(parallelRequests: 1))
    try await LiveGateway.run(provider: provider, access: access, eventLoops: 2) { server in
      var events = provider.events()
      let first = try await RawClient(port: server.address.port)
      try await first.send(LiveGateway.chat("public", fields: Self.bot))
      while let event = await events.next(isolation: nil) {
        if case .request = event { break }
      }
      let second = try await RawClient(port: server.address.port)
      let quick = LiveGateway.chat("public", fields: Self.bot, extra: #","user":"quick""#)
      try await second.send(quick)
      #expect(try await second.response().status == 429)
      if leaves {
        try await first.close()
        while await server.counters().clientDisconnects == 0 { await Task.yield() }
      } else {
        gate.open()
        #expect(try await first.response().status == 200)
      }
      try await second.send(quick)
      #expect(try await second.response().status == 200)
    }
  }
}
