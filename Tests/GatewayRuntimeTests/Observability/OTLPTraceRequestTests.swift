import Testing

@testable import GatewayRuntime

@Suite struct OTLPTraceRequestTests {
  private let span = RequestSpan(
    context: TraceContext(
      trace: .init(high: 0x0af7_6519_16cd_43dd, low: 0x8448_eb21_1c80_319c), span: 0xb7ad, isSampled: true),
    parent: 0x1f, method: "POST", route: "/v1/chat/completions", status: 200, operation: "chat", model: "gpt",
    targetModel: "gpt-4o-mini", provider: "openai", tokens: .init(input: 10, cachedInput: 0, output: 5), error: nil,
    start: 1_700_000_000_000_000_001, end: 1_700_000_000_500_000_001)

  @Test func `a span is written in OTLP's JSON encoding with the GenAI conventions`() {
    let text = OTLPTraceRequest(service: "gateway", version: "1.2.3", spans: [span]).text
    let expected = """
      {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"gateway"}},\
      {"key":"service.version","value":{"stringValue":"1.2.3"}}]},"scopeSpans":[{"scope":{"name":"sluice"},"spans":[\
      {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"000000000000b7ad","parentSpanId":"000000000000001f",\
      "name":"chat gpt","kind":2,"startTimeUnixNano":"1700000000000000001","endTimeUnixNano":"1700000000500000001",\
      "attributes":[{"key":"http.request.method","value":{"stringValue":"POST"}},\
      {"key":"http.route","value":{"stringValue":"/v1/chat/completions"}},\
      {"key":"http.response.status_code","value":{"intValue":"200"}},\
      {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},\
      {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},\
      {"key":"gen_ai.request.model","value":{"stringValue":"gpt"}},\
      {"key":"gen_ai.response.model","value":{"stringValue":"gpt-4o-mini"}},\
      {"key":"gen_ai.usage.input_tokens","value":{"intValue":"10"}},\
      {"key":"gen_ai.usage.output_tokens","value":{"intValue":"5"}}]}]}]}]}
      """
    #expect(text == expected)
  }

  @Test func `only a failure of the server is an error, and what calls no model is named by its route`() {
    var failed = span
    failed.status = 503
    failed.error = "upstream_unreachable"
    failed.operation = nil
    failed.parent = nil
    let text = OTLPTraceRequest(service: "g", version: "1", spans: [failed]).text
    #expect(
      text.contains(#""status":{"code":2}"#)
        && text.contains(#"{"key":"error.type","value":{"stringValue":"upstream_unreachable"}}"#))
    #expect(text.contains(#""name":"POST /v1/chat/completions""#) && !text.contains("parentSpanId"))
    var refused = span
    refused.status = 401
    #expect(!OTLPTraceRequest(service: "g", version: "1", spans: [refused]).text.contains(#""status":{"#))
  }
}
