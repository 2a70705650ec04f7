import GatewaySpec
import HTTP1
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct RoutingTests {
  private let table = RouteTable(.sluice)

  private func operation(_ method: Endpoint.Method?, _ target: String) -> GatewayOperation? {
    if case .route(let route, _) = table.match(method, target: target) { route.operation } else { nil }
  }

  @Test func `every endpoint of the table is routed to its operation`() {
    for endpoint in EndpointTable.sluice.endpoints where endpoint.method != .options {
      let target = endpoint.path.replacing("{id}", with: "some-model")
      #expect(operation(endpoint.method, target) == endpoint.operation, "\(endpoint.path)")
      #expect(operation(endpoint.method, target + "?a=b") == endpoint.operation)
      #expect(operation(endpoint.method, "http://gateway:4000" + target) == endpoint.operation)
    }
  }

  @Test(arguments: [
    "/", "", "/nope", "/v1/models/", "/v1/models/a/b", "/V1/models", "//v1/models", "/v1/models//", "*", "x",
    "http://host", "/v1/../v1/models",
  ])
  func `other paths are not found`(target: String) {
    guard case .notFound = table.match(.get, target: target) else {
      Issue.record("\(target) was found")
      return
    }
  }

  @Test func `a wrong method names the right ones`() {
    guard case .methodNotAllowed(let allow) = table.match(.delete, target: "/health/readiness"),
      case .options(let same) = table.match(.options, target: "/health/readiness"),
      case .methodNotAllowed("POST") = table.match(.get, target: "/v1/chat/completions"),
      case .methodNotAllowed("GET") = table.match(nil, target: "/v1/models/x")
    else {
      Issue.record("not matched")
      return
    }
    #expect(allow == "GET, OPTIONS" && same == allow)
  }

  @Test func `a path parameter is decoded`() {
    guard case .route(_, let parameter?) = table.match(.get, target: "/v1/models/openai%2Fgpt%2D4o?x=1") else {
      Issue.record("not matched")
      return
    }
    #expect(RouteTable.percentDecoded(parameter) == "openai/gpt-4o")
    for broken in ["%", "%4", "%zz", "%ff"] { #expect(RouteTable.percentDecoded(broken[...]) == nil) }
  }

  @Test func `the same seed makes the same identifiers`() {
    var one = LoopRandom(seed: 1)
    var two = LoopRandom(seed: 1)
    let id = one.identifier(prefix: "req_")
    #expect(id == two.identifier(prefix: "req_"))
    #expect(id != one.identifier(prefix: "req_"))
    #expect(id.count == 28 && id.hasPrefix("req_"))
  }
}

@Suite struct RequestFieldsTests {
  private func key(_ fields: [(String, String)]) throws -> String? {
    let head = try #require(MessageHead.response(fields: fields))
    return RequestFields(head).key.map(head.string)
  }

  @Test func `keys are taken in LiteLLM's order`() throws {
    let all: [(String, String)] = [
      ("Ocp-Apim-Subscription-Key", "f"), ("x-goog-api-key", "e"), ("X-API-Key", "d"), ("api-key", "c"),
      ("Authorization", "Bearer b"), ("x-litellm-api-key", "a"),
    ]
    var remaining = all
    for expected in ["a", "b", "c", "d", "e", "f"] {
      #expect(try key(remaining) == expected)
      #expect(try key(remaining.reversed()) == expected)
      remaining.removeLast()
    }
    #expect(try key([]) == nil)
    #expect(try key([("authorization", "Basic abc")]) == nil)
    #expect(try key([("x-litellm-api-key", "bearer  k")]) == "k")
  }

  @Test func `an unfit request identifier is not taken over`() throws {
    let fit = try #require(MessageHead.response(fields: [("X-Request-ID", "abc-1.2:/=+_")]))
    #expect(RequestFields(fit).requestID == "abc-1.2:/=+_")
    for unfit in ["", "a b", "a\tb", "é", String(repeating: "a", count: 129)] {
      let head = try #require(MessageHead.response(fields: [("x-request-id", unfit)]))
      #expect(RequestFields(head).requestID == nil)
    }
  }

  private func goesToProvider(_ name: String) -> Bool { ForwardedFields.request(Array(name.utf8).span) }

  private func goesToClient(_ name: String) -> Bool { ForwardedFields.response(Array(name.utf8).span) }

  @Test func `few fields cross the gateway`() {
    for name in ["Accept", "user-agent", "TraceParent", "openai-beta"] {
      #expect(goesToProvider(name))
    }
    for name in [
      "authorization", "x-api-key", "cookie", "host", "connection", "accept-encoding", "x-forwarded-for", "te",
    ] {
      #expect(!goesToProvider(name))
    }
    for name in ["Content-Type", "retry-after", "X-RateLimit-Remaining-Requests"] {
      #expect(goesToClient(name))
    }
    for name in ["set-cookie", "connection", "transfer-encoding", "content-length", "server", "openai-organization"] {
      #expect(!goesToClient(name))
    }
  }
}
