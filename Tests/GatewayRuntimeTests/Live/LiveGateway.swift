import Glibc
import Logging
import NIOCore

@testable import GatewayRuntime

/// Starts gateways on free ports for tests.
enum LiveGateway {
  static let key = "sk-test-key"
  static let authorization = "authorization: Bearer \(key)\r\n"

  /// Runs a test against a gateway with a mock model `demo` and, if there is a provider, a model `public` that it
  /// answers as `upstream-name`, each request with one attempt. `models` come beside them.
  static func run(
    provider: FakeProvider? = nil, origin: UpstreamOrigin? = nil, models: [PublicModel] = [],
    limits: GatewayLimits = GatewayLimits(), access: GatewayAccess = .open, eventLoops: Int = 1, logger: Logger? = nil,
    _ body: (GatewayServer) async throws -> Void
  ) async throws {
    let server = try await start(
      provider: provider, origin: origin, models: models, limits: limits, access: access, eventLoops: eventLoops,
      logger: logger)
    do {
      try await body(server)
    } catch {
      await server.shutdown(grace: .zero)
      throw error
    }
    await server.shutdown(grace: .zero)
  }

  static func start(
    provider: FakeProvider? = nil, origin: UpstreamOrigin? = nil, models: [PublicModel] = [],
    limits: GatewayLimits = GatewayLimits(), access: GatewayAccess = .open, eventLoops: Int = 1, logger: Logger? = nil
  ) async throws -> GatewayServer {
    var silent = Logger(label: "test")
    silent.logLevel = .critical
    return try await GatewayServer.start(
      snapshot(provider: provider, origin: origin, models: models, limits: limits, access: access),
      eventLoops: eventLoops,
      logger: logger ?? silent,
      environment: LoopEnvironment(wallClock: { time(nil) }, timerResolution: .milliseconds(10)))
  }

  static func snapshot(
    provider: FakeProvider? = nil, origin: UpstreamOrigin? = nil, models more: [PublicModel] = [],
    limits: GatewayLimits = GatewayLimits(),
    access: GatewayAccess = .open, port: Int = 0
  ) -> GatewaySnapshot {
    var models = [
      PublicModel(name: "demo", targets: [ModelTarget(id: "mock/demo", provider: .mock, model: "demo")])
    ]
    if let origin = origin ?? provider.map(Self.origin) {
      let target = target("fake/upstream-name", at: origin, model: "upstream-name")
      models.append(
        PublicModel(name: "public", targets: [target], policy: RoutingPolicy(retries: 0, cooldown: .zero)))
    }
    models += more
    return GatewaySnapshot(
      listen: ListenAddress(host: "127.0.0.1", port: port), limits: limits, access: access, models: models)
  }

  /// A target at a provider of a test.
  static func target(
    _ id: String, _ provider: FakeProvider, model: String = "upstream", tier: Int = 1, timeout: Duration? = nil,
    price: TokenPrice? = nil
  ) -> ModelTarget {
    target(id, at: origin(provider), model: model, tier: tier, timeout: timeout, price: price)
  }

  private static func target(
    _ id: String, at origin: UpstreamOrigin, model: String, tier: Int = 1, timeout: Duration? = nil,
    price: TokenPrice? = nil
  ) -> ModelTarget {
    let endpoint = OpenAICompatibleEndpoint(
      origin: origin, credential: .init(value: SecretValue("Bearer provider-key")))
    return ModelTarget(
      id: id, provider: .openAICompatible(endpoint), model: model, tier: tier, timeout: timeout, price: price)
  }

  private static func origin(_ provider: FakeProvider) -> UpstreamOrigin {
    UpstreamOrigin(scheme: .http, host: "127.0.0.1", port: provider.port)
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
