import GatewaySpec
import Testing

struct SpecChoiceTests {
  enum Controller: String, SpecChoice {
    case nginx, traefik
    case gatewayAPI = "gateway-api"

    static var aliases: [String: Controller] { ["httproute": .gatewayAPI] }
    static var hints: [String: String] { ["istio": "use `gateway-api`, which Istio implements"] }
  }

  @Test func `The words are read letter by letter`() throws {
    #expect(try Controller(parsing: "gateway-api") == .gatewayAPI)
    #expect(Controller.expectation == "one of `nginx`, `traefik` or `gateway-api`")
    #expect(Controller.schema.allowed == ["nginx", "traefik", "gateway-api"])
    #expect(Controller.placeholder == .nginx)
  }

  @Test(arguments: [
    Refusal("ngnix", "nginx"), Refusal("Nginx", "nginx", safe: true), Refusal("gateway_api", "gateway-api", safe: true),
    Refusal(" nginx", "nginx", safe: true), Refusal("HTTPRoute", "gateway-api"), Refusal("istio"), Refusal("zzzzzzzz"),
    Refusal(""),
  ])
  func `Another word is refused with the nearest`(refusal: Refusal) {
    refusal.check(Controller.self)
  }

  @Test func `The mistake lists the words`() throws {
    let mistake = try #require(refused(Controller.self, "ngnix"))
    #expect(mistake.headline == "`ngnix` is not one of `nginx`, `traefik` or `gateway-api`")
    #expect(mistake.help == "did you mean `nginx`?")
  }

  @Test func `A hint stands in for a suggestion`() {
    #expect(refused(Controller.self, "Istio")?.help == "use `gateway-api`, which Istio implements")
  }
}
