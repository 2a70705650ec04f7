import GatewaySpec
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct MockConversationTests {
  private func answer(_ operation: InferenceOperation, _ body: String) throws -> String {
    let request = try ClientRequest.parse(ByteBuffer(string: body), for: operation)
    let provider = MockProvider(encodedModel: JSONText.encode("demo"), id: "id-1", created: 1000)
    return String(buffer: try provider.answer(to: request))
  }

  private static let question = #""model":"demo","messages":[{"role":"user","content":"what is now?"}]"#
  private static let said = "This is the mock provider of Sluice. You said: what is now?"

  @Test func `answers in both dialects, whole`() throws {
    let chat = try answer(.chat, "{\(Self.question)}")
    #expect(chat.contains(#""content":"\#(Self.said)""#) && chat.contains(#""object":"chat.completion""#))
    let message = try answer(.messages, "{\(Self.question),\"max_tokens\":5}")
    #expect(message.contains(#""content":[{"type":"text","text":"\#(Self.said)"}]"#))
    #expect(message.contains(#""stop_reason":"end_turn""#))
  }

  @Test func `answers in both dialects, as a stream`() throws {
    let chat = try answer(.chat, "{\(Self.question),\"stream\":true}")
    #expect(chat.hasSuffix("data: [DONE]\n\n") && !chat.contains("\"usage\""))
    let message = try answer(.messages, "{\(Self.question),\"stream\":true}")
    #expect(message.hasPrefix("event: message_start\n") && message.contains(#""input_tokens":11"#))
    #expect(message.hasSuffix("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"))
  }

  private static let tools =
    #""tools":[{"type":"function","function":{"name":"later"}},{"type":"function","function":{"name":"now"}}]"#

  @Test func `calls a tool whose name is said, or on which the client insists`() throws {
    #expect(try answer(.chat, "{\(Self.question),\(Self.tools)}").contains(#""name":"now","arguments":"{}""#))
    let required = try answer(.chat, "{\(Self.question),\(Self.tools),\"tool_choice\":\"required\"}")
    #expect(required.contains(#""name":"later""#) && required.contains(#""finish_reason":"tool_calls""#))
    #expect(try answer(.chat, "{\(Self.question),\(Self.tools),\"tool_choice\":\"none\"}").contains(Self.said))
    let anthropic = try answer(
      .messages, "{\(Self.question),\"stream\":true,\"tools\":[{\"name\":\"now\",\"input_schema\":{}}]}")
    #expect(anthropic.contains(#""type":"tool_use","id":"call_id-1","name":"now""#))
  }

  @Test func `repeats what a tool has given`() throws {
    let body = """
      {"model":"demo","messages":[{"role":"user","content":"now"},{"role":"assistant","content":null,"tool_calls":[{"id":"c",
      "type":"function","function":{"name":"now","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"noon"}],\(Self.tools)}
      """
    #expect(try answer(.chat, body).contains("You said: noon"))
  }
}
