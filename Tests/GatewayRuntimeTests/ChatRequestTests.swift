import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct ChatRequestTests {
  private func parse(_ text: String) throws(GatewayError) -> ChatRequest {
    let bytes = Array(text.utf8)
    return try ChatRequest.parse(bytes.span)
  }

  @Test func `finds what it needs and where it stands`() throws {
    let text =
      #" {"messages" : [1,2], "other":{"model":"no"}, "model": "gpt-4o", "stream":true, "stream_options":{"include_usage":true}} "#
    let request = try parse(text)
    #expect(request.model == "gpt-4o")
    #expect(request.stream && request.includeUsage)
    let bytes = Array(text.utf8)
    #expect(String(decoding: bytes[request.modelValue], as: UTF8.self) == #""gpt-4o""#)
    #expect(String(decoding: bytes[request.messages], as: UTF8.self) == "[1,2]")
  }

  @Test func `reads escapes in keys and in the model name`() throws {
    let request = try parse(#"{"mod\u0065l":"gpt\u002d4\/o","messages":[]}"#)
    #expect(request.model == "gpt-4/o")
    #expect(!request.stream && !request.includeUsage)
  }

  @Test(arguments: [
    (#"{"#, "request_body"), (#"[]"#, "request_body"), (#""#, "request_body"),
    (#"{"model":"a","messages":[]} x"#, "request_body"),
    (#"{"messages":[]}"#, "model"), (#"{"model":5,"messages":[]}"#, "model"),
    (#"{"model":"a","model":"b","messages":[]}"#, "model"), (#"{"model":"a","m\u006fdel":"b","messages":[]}"#, "model"),
    (#"{"model":"a"}"#, "messages"), (#"{"model":"a","messages":"hi"}"#, "messages"),
    (#"{"model":"a","messages":[],"stream":"yes"}"#, "stream"),
    (#"{"model":"a","messages":[],"stream_options":{"include_usage":1}}"#, "stream_options.include_usage"),
  ])
  func `names the field at fault`(text: String, param: String) {
    let error = #expect(throws: GatewayError.self) { try parse(text) }
    #expect(error?.rendering.status == 400)
    #expect(error?.rendering.param == param)
  }
}
