import HTTP1
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct UpstreamRequestTests {
  private func request(model: String, padding: Int = 0) throws -> (whole: String, UpstreamRequest) {
    let text = #"{"model":"public","messages":[],"unknown_field":[1.50,"\u00e9"],"pad":""#
    let body = text + String(repeating: "p", count: padding) + "\"}"
    var buffer = ByteBuffer(string: "junk" + body)
    buffer.moveReaderIndex(forwardBy: 4)
    let chat = try ChatRequest.parse(buffer.readableBytesUInt8Span)
    let head = try #require(
      MessageHead.first(.requests, "POST / HTTP/1.1\r\nUser-Agent: me\r\ncookie: c\r\ncontent-length: 9\r\n\r\n"))
    let endpoint = OpenAICompatibleEndpoint(
      origin: UpstreamOrigin(scheme: .http, host: "example.com"), credential: .init(value: SecretValue("Bearer k")))
    let request = UpstreamRequest(
      to: endpoint, requestID: "req_1", fieldsOf: head, body: buffer, replacing: chat.modelValue,
      with: JSONText.encode(model), timeout: .milliseconds(1500))
    let new = body.replacing("\"public\"", with: "\"\(model)\"")
    let whole =
      "POST /v1/chat/completions HTTP/1.1\r\nhost: example.com\r\ncontent-type: application/json\r\n"
      + "content-length: \(new.utf8.count)\r\nUser-Agent: me\r\nx-request-id: req_1\r\n"
      + "x-sluice-timeout-ms: 1500\r\nauthorization: Bearer k\r\n\r\n"
      + new
    return (whole, request)
  }

  @Test func `a request is one buffer, with the model replaced and little of the client's head`() throws {
    for model in ["a/longer-name", "a", "public"] {
      let (whole, request) = try request(model: model)
      #expect(String(buffer: request.start) == whole && request.rest == nil)
    }
  }

  @Test func `a large body is not copied`() throws {
    let (whole, request) = try request(model: "other", padding: 1 << 20)
    #expect(request.start.readableBytes < 1000)
    #expect(String(buffer: request.start) + String(buffer: try #require(request.rest)) == whole)
  }
}
