import Foundation
import NIOHTTP1
import Synchronization

/// A provider that answers as OpenAI's and Anthropic's documentation says, to the letter. What it does is asked for by the
/// text of the last message: `say …` is answered with the words, `tool` with a call of the first tool, `error 429` with
/// that status, `flaky` with an error first, `sleep` not at all.
enum DocumentedProvider {
  /// What one provider does; `flaky` fails every other time.
  static func script() -> @Sendable (FakeProvider.Request) -> [FakeProvider.Step] {
    let failures = Counter()
    return { request in answer(request) { failures.next() % 2 == 0 } }
  }

  private static func answer(_ request: FakeProvider.Request, fails: () -> Bool) -> [FakeProvider.Step] {
    let body = (try? JSONSerialization.jsonObject(with: Data(request.body.utf8))) as? [String: Any] ?? [:]
    let isStream = body["stream"] as? Bool == true
    let text = lastText(body)
    if text == "sleep" { return [] }
    if text == "flaky", fails() { return failure(503, request.head.uri) }
    if let status = Int(text.replacingOccurrences(of: "error ", with: "")) { return failure(status, request.head.uri) }
    switch request.head.uri {
    case "/v1/chat/completions":
      let hasTools = text == "tool"
      guard isStream else { return [FakeProvider.json(hasTools ? toolCompletion : completion(text), fields: fields)] }
      let options = body["stream_options"] as? [String: Any]
      let chunks = hasTools ? toolChunks : chunks(text)
      return stream(chunks + (options?["include_usage"] as? Bool == true ? [usageChunk] : []) + ["data: [DONE]\n\n"])
    case "/v1/embeddings":
      return [
        FakeProvider.json(
          #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25,-0.5]}],"model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5}}"#
        )
      ]
    default: return failure(404, request.head.uri)
    }
  }

  private static let fields = "x-request-id: req_upstream\r\nopenai-processing-ms: 12\r\n"

  private static func lastText(_ body: [String: Any]) -> String {
    let message = (body["messages"] as? [[String: Any]])?.last
    if let text = message?["content"] as? String { return text }
    return (message?["content"] as? [[String: Any]])?.compactMap { $0["text"] as? String }.joined() ?? ""
  }

  private static func failure(_ status: Int, _ path: String) -> [FakeProvider.Step] {
    let (type, code) =
      switch status {
      case 400: ("invalid_request_error", "invalid_value")
      case 401: ("invalid_request_error", "invalid_api_key")
      case 404: ("invalid_request_error", "model_not_found")
      case 429: ("requests", "rate_limit_exceeded")
      default: ("server_error", "server_error")
      }
    return [
      FakeProvider.json(
        #"{"error":{"message":"the provider says \#(status)","type":"\#(type)","param":null,"code":"\#(code)"}}"#,
        status: "\(status) X", fields: status == 429 ? "retry-after-ms: 20\r\n" : "")
    ]
  }

  private static func stream(_ events: [String]) -> [FakeProvider.Step] {
    [FakeProvider.streamHead] + events.map(FakeProvider.chunk) + [FakeProvider.streamEnd]
  }

  private static let usage =
    #""usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}"#
  private static let start =
    #"{"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1741569952,"model":"gpt-4.1-2025-04-14""#

  private static func completion(_ text: String) -> String {
    start
      + #","choices":[{"index":0,"message":{"role":"assistant","content":"\#(text)","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],\#(usage),"service_tier":"default","system_fingerprint":"fp_44709d6fcb"}"#
  }

  private static let toolCompletion =
    start
    + #","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"call_abc123","type":"function","function":{"name":"get_current_weather","arguments":"{\n\"location\": \"Boston, MA\"\n}"}},{"id":"call_def456","type":"function","function":{"name":"get_current_weather","arguments":"{\"location\": \"Paris\"}"}}],"refusal":null},"logprobs":null,"finish_reason":"tool_calls"}],\#(usage),"service_tier":"default","system_fingerprint":"fp_44709d6fcb"}"#

  private static func chunk(_ choices: String, _ rest: String = #","usage":null"#) -> String {
    #"data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini","system_fingerprint":"fp_44709d6fcb","choices":[\#(choices)]\#(rest)}"#
      + "\n\n"
  }

  private static func chunks(_ text: String) -> [String] {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return [chunk(#"{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}"#)]
      + words.enumerated().map { index, word in
        chunk(
          #"{"index":0,"delta":{"content":"\#(index == 0 ? "" : " ")\#(word)"},"logprobs":null,"finish_reason":null}"#)
      } + [chunk(#"{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}"#)]
  }

  private static let toolChunks: [String] = [
    #"{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_abc123","type":"function","function":{"name":"get_current_weather","arguments":""}}],"refusal":null},"logprobs":null,"finish_reason":null}"#,
    #"{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"loca"}}]},"logprobs":null,"finish_reason":null}"#,
    #"{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"tion\": \"Boston, MA\"}"}}]},"logprobs":null,"finish_reason":null}"#,
    #"{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}"#,
  ].map { chunk($0) }

  private static let usageChunk = chunk("", "," + usage)
}

private final class Counter: Sendable {
  private let count = Atomic(0)
  func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
}
