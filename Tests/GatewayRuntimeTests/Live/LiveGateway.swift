import Glibc
import Logging
import NIOCore

@testable import GatewayRuntime

/// Starts gateways on free ports for tests.
enum LiveGateway {
  static let key = "sk-test-key"
  static let authorization = "authorization: Bearer \(key)\r\n"

  /// Runs a test against a gateway with a mock model `demo` and, if there is a provider, a model `public` that it
  /// answers as `upstream-name`.
  static func run(
    provider: FakeProvider? = nil, origin: UpstreamOrigin? = nil, limits: GatewayLimits = GatewayLimits(),
    access: GatewayAccess = .open,
    eventLoops: Int = 1, logger: Logger? = nil, _ body: (GatewayServer) async throws -> Void
  ) async throws {
    let server = try await start(
      provider: provider, origin: origin, limits: limits, access: access, eventLoops: eventLoops, logger: logger)
    do {
      try await body(server)
    } catch {
      await server.shutdown(grace: .zero)
      throw error
    }
    await server.shutdown(grace: .zero)
  }

  static func start(
    provider: FakeProvider? = nil, origin: UpstreamOrigin? = nil, limits: GatewayLimits = GatewayLimits(),
    access: GatewayAccess = .open,
    eventLoops: Int = 1, logger: Logger? = nil
  ) async throws -> GatewayServer {
    var silent = Logger(label: "test")
    silent.logLevel = .critical
    return try await GatewayServer.start(
      snapshot(provider: provider, origin: origin, limits: limits, access: access), eventLoops: eventLoops,
      logger: logger ?? silent,
      environment: LoopEnvironment(wallClock: { time(nil) }, timerResolution: .milliseconds(10)))
  }

  static func snapshot(
    provider: FakeProvider? = nil, origin: UpstreamOrigin? = nil, limits: GatewayLimits = GatewayLimits(),
    access: GatewayAccess = .open, port: Int = 0
  ) -> GatewaySnapshot {
    var models = [
      PublicModel(name: "demo", targets: [ModelTarget(id: "mock/demo", provider: .mock, model: "demo")])
    ]
    let local = provider.map { UpstreamOrigin(scheme: .http, host: "127.0.0.1", port: $0.port) }
    if let origin = origin ?? local {
      let endpoint = OpenAICompatibleEndpoint(
        origin: origin, credential: .init(value: SecretValue("Bearer provider-key")))
      models.append(
        PublicModel(
          name: "public",
          targets: [
            ModelTarget(id: "fake/upstream-name", provider: .openAICompatible(endpoint), model: "upstream-name")
          ]))
    }
    return GatewaySnapshot(
      listen: ListenAddress(host: "127.0.0.1", port: port), limits: limits, access: access, models: models)
  }

  /// A chat completion request.
  static func chat(_ model: String, fields: String = "", extra: String = "") -> String {
    let body = #"{"model":"\#(model)","messages":[{"role":"user","content":"hi"}]\#(extra)}"#
    return post(body, fields: fields)
  }

  static func post(_ body: String, fields: String = "") -> String {
    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\n\(fields)content-length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static func get(_ path: String, method: String = "GET", fields: String = "") -> String {
    "\(method) \(path) HTTP/1.1\r\nhost: x\r\n\(fields)\r\n"
  }
}
