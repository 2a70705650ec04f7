import Foundation
import Testing

@testable import GatewayRuntime

@Suite struct ErrorTests {
  private static let all: [GatewayError] = [
    .malformedRequest(reason: "x"), .headersTooLarge, .bodyTooLarge(limit: 5), .requestTimeout,
    .tooManyConnections, .tooManyRequests, .expectationFailed,
    .routeNotFound,
    .methodNotAllowed(allow: "GET"), .missingKey, .unknownKey, .invalidJSON(reason: "x", offset: 3),
    .invalidField("f", "m\"\n"), .unknownModel("a", nearest: nil, known: []), .modelNotFound("x"), .upstreamUnreachable,
    .upstreamClosed, .upstreamMalformed, .upstreamTimeout, .upstreamRefusedCredentials,
    .upstreamStatus(429, message: "slow"), .upstreamStatus(500, message: nil),
  ]

  @Test(arguments: all)
  func `every error has OpenAI's shape with the status as text`(error: GatewayError) throws {
    let object = try JSONSerialization.jsonObject(with: Data(error.body)) as? [String: [String: Any]]
    let body = try #require(object?["error"])
    #expect(Set(body.keys) == ["message", "type", "param", "code"])
    #expect(body["code"] as? String == String(error.rendering.status))
    #expect(body["message"] as? String == error.rendering.message)
    #expect(!error.rendering.label.isEmpty)
  }

  @Test func `an unknown model names what would have been right`() {
    let near = GatewayError.unknownModel("gpt4", nearest: "gpt-4", known: ["gpt-4"]).rendering
    #expect(near.message == "There is no model 'gpt4'. Did you mean 'gpt-4'?")
    let many = GatewayError.unknownModel("x", nearest: nil, known: (1...1000).map { "m\($0)" }).rendering
    #expect(many.message.contains("1000 models") && many.message.count < 200)
  }

  private func translate(_ status: Int, _ body: String) -> ProviderError {
    let bytes = Array(body.utf8)
    return ProviderError.translate(status: status, body: bytes.span)
  }

  @Test func `a provider's error passes if it has the shape`() {
    #expect(translate(429, #"{"error":{"message":"slow down","type":"requests","code":"x","extra":1}}"#) == .passOn)
    #expect(
      translate(400, #"{"object":"error","message":"bad","code":400}"#)
        == .replace(.upstreamStatus(400, message: "bad")))
    #expect(translate(404, #"{"detail":"Not Found"}"#) == .replace(.upstreamStatus(404, message: "Not Found")))
    #expect(translate(500, #"{"error":"boom"}"#) == .replace(.upstreamStatus(500, message: "boom")))
    #expect(translate(502, "<html>nginx</html>") == .replace(.upstreamStatus(502, message: nil)))
    #expect(translate(500, "") == .replace(.upstreamStatus(500, message: nil)))
    #expect(translate(500, #"{"error":{}}"#) == .replace(.upstreamStatus(500, message: nil)))
    #expect(translate(302, "") == .replace(.upstreamMalformed))
  }

  @Test func `a provider's words about the gateway's key stay inside`() {
    let body = #"{"error":{"message":"Incorrect API key provided: sk-abc***xyz","type":"invalid_request_error"}}"#
    #expect(translate(401, body) == .replace(.upstreamRefusedCredentials))
  }

  @Test func `the date is formatted as HTTP wants it and made once a second`() {
    var date = HTTPDate()
    #expect(date.value(at: 784_111_777) == "Sun, 06 Nov 1994 08:49:37 GMT")
    #expect(date.value(at: 784_111_778) == "Sun, 06 Nov 1994 08:49:38 GMT")
  }
}

@Suite struct MockProviderTests {
  private let provider = MockProvider(encodedModel: JSONText.encode("demo"), id: "chatcmpl-1", created: 1000)

  private func reply(_ body: String) throws -> String {
    let bytes = Array(body.utf8)
    return MockProvider.reply(to: try ChatRequest.parse(bytes.span), bytes.span)
  }

  @Test func `repeats what the last user message says`() throws {
    let said = "This is the mock provider of Sluice. You said: "
    #expect(
      try reply(
        #"{"model":"m","messages":[{"role":"user","content":"one"},{"role":"assistant","content":"x"},{"content":"two \"q\"","role":"user"}]}"#
      ) == said + "two \"q\"")
    #expect(
      try reply(
        #"{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url"},{"type":"text","text":"b"}]}]}"#
      ) == said + "ab")
    for odd in ["[]", "[1]", #"[{"role":"user"}]"#, #"[{"role":"user","content":5}]"#, #"[{"role":1,"content":"x"}]"#] {
      #expect(try reply(#"{"model":"m","messages":\#(odd)}"#).hasSuffix("Say something and I will repeat it."))
    }
  }

  @Test func `the whole answer has text and counts`() throws {
    let object = try JSONSerialization.jsonObject(with: Data(provider.completion("hello world", promptBytes: 8)))
    let answer = try #require(object as? [String: Any])
    #expect(answer["object"] as? String == "chat.completion" && answer["created"] as? Int == 1000)
    let usage = try #require(answer["usage"] as? [String: Int])
    #expect(usage == ["prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5])
  }

  @Test(arguments: [false, true])
  func `the streamed answer has role, words, finish and end`(includeUsage: Bool) throws {
    let text = String(decoding: provider.stream("a  b", promptBytes: 8, includeUsage: includeUsage), as: UTF8.self)
    var events = text.components(separatedBy: "\n\n")
    #expect(events.popLast() == "")
    #expect(events.popLast() == "data: [DONE]")
    let chunks = try events.map { event in
      try #require(JSONSerialization.jsonObject(with: Data(event.dropFirst(6).utf8)) as? [String: Any])
    }
    #expect(Set(chunks.map { $0["id"] as? String }) == ["chatcmpl-1"])
    let deltas = chunks.compactMap { ($0["choices"] as? [[String: Any]])?.first?["delta"] as? [String: String] }
    #expect(deltas.first?["role"] == "assistant")
    #expect(deltas.compactMap { $0["content"] }.joined() == "a  b")
    #expect((chunks.last?["usage"] is [String: Any]) == includeUsage)
  }
}
