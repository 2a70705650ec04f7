import GatewaySpec
import NIOCore
import Testing

@testable import GatewayRuntime

@Suite struct ClientRequestTests {
  private func endpoint(_ id: String, model: String = "real/m") throws -> UpstreamEndpoint {
    let provider = try #require(ProviderCatalog.descriptor(id))
    return UpstreamEndpoint(
      provider: provider, origin: UpstreamOrigin(scheme: .https, host: "api.example.com"), pathPrefix: "/v1",
      model: model,
      credential: .key(SecretValue("k"), provider.authentication))
  }

  private func text(_ request: TranslatedRequest) -> String { request.body.map { String(buffer: $0) }.joined() }

  @Test func `the same dialect keeps every byte but the model's`() throws {
    let body = "{ \"x\" : [1.50] ,\n\"model\":\"a\\u0062\" , \"messages\":[ ], \"unknown\":{\"model\":1e3} }"
    let request = try ClientRequest.parse(ByteBuffer(string: body), for: .chat)
    #expect(request.model == "ab")
    let sent = try request.translated(for: endpoint("openai"), now: 0)
    #expect(text(sent) == "{ \"x\" : [1.50] ,\n\"model\":\"real/m\" , \"messages\":[ ], \"unknown\":{\"model\":1e3} }")
    #expect(sent.target == "/v1/chat/completions")
    #expect(sent.plan.isSameDialect)
    let messages = try ClientRequest.parse(ByteBuffer(string: body), for: .messages)
      .translated(for: endpoint("anthropic"), now: 0)
    #expect(messages.plan.isSameDialect)
    #expect(messages.fields.map(\.name).sorted() == ["anthropic-version", "x-api-key"])
  }

  @Test(arguments: [
    (
      #"{"model":"m","stream":true,"messages":[]}"#,
      #"{"model":"real/m","stream_options":{"include_usage":true},"stream":true,"messages":[]}"#
    ),
    (
      #"{"stream_options":{},"model":"m","stream":true,"messages":[]}"#,
      #"{"stream_options":{"include_usage":true},"model":"real/m","stream":true,"messages":[]}"#
    ),
    (
      #"{"stream_options":{"x":1},"model":"m","stream":true,"messages":[]}"#,
      #"{"stream_options":{"include_usage":true,"x":1},"model":"real/m","stream":true,"messages":[]}"#
    ),
    (
      #"{"model":"m","stream":true,"messages":[],"stream_options":{"include_usage": false}}"#,
      #"{"model":"real/m","stream":true,"messages":[],"stream_options":{"include_usage": true}}"#
    ),
    (
      #"{"model":"m","stream":true,"messages":[],"stream_options":null}"#,
      #"{"model":"real/m","stream":true,"messages":[],"stream_options":{"include_usage":true}}"#
    ),
    (
      #"{"model":"m","stream":true,"messages":[],"stream_options":{"include_usage":true}}"#,
      #"{"model":"real/m","stream":true,"messages":[],"stream_options":{"include_usage":true}}"#
    ),
    (#"{"model":"m","messages":[]}"#, #"{"model":"real/m","messages":[]}"#),
  ])
  func `a stream is always asked to count its tokens`(body: String, expected: String) throws {
    let request = try ClientRequest.parse(ByteBuffer(string: body), for: .chat)
    let sent = try request.translated(for: endpoint("openai"), now: 0)
    #expect(text(sent) == expected)
    #expect(sent.plan.asksForUsage == (request.stream && !request.includeUsage))
  }

  @Test(arguments: [
    ("{}", "model"), (#"{"model":1,"messages":[]}"#, "model"), (#"{"model":"a","model":"b","messages":[]}"#, "model"),
    (#"{"model":"a"}"#, "messages"), (#"{"model":"a","messages":{}}"#, "messages"),
    (#"{"model":"a","messages":[],"stream":1}"#, "stream"),
  ])
  func `names the field that is wrong`(body: String, field: String) throws {
    let error = #expect(throws: GatewayError.self) {
      _ = try ClientRequest.parse(ByteBuffer(string: body), for: .chat)
    }
    #expect(error?.rendering.param == field)
  }

  private static let form = """
    --x\r
    Content-Disposition: form-data; name="file"; filename="model"\r
    Content-Type: audio/wav\r
    \r
    name="model"\r\n\r\nfake\r
    --x\r
    content-disposition: form-data; name="model"\r
    \r
    whisper\r
    --x--\r

    """

  @Test func `a form has its model replaced, and its files are left alone`() throws {
    let request = try ClientRequest.parse(
      ByteBuffer(string: Self.form), for: .transcription, contentType: "multipart/form-data; boundary=\"x\"")
    #expect(request.model == "whisper")
    let sent = try request.translated(for: endpoint("openai", model: "w-1"), now: 0)
    #expect(text(sent) == Self.form.replacing("whisper", with: "w-1"))
    #expect(sent.contentType == nil)
    #expect(sent.target == "/v1/audio/transcriptions")
  }

  @Test(arguments: [
    "application/json", "multipart/form-data", "multipart/form-data; boundary=y", "multipart/form-data; boundary=",
  ])
  func `a form without its boundary is refused`(contentType: String) {
    #expect(throws: GatewayError.self) {
      _ = try ClientRequest.parse(ByteBuffer(string: Self.form), for: .transcription, contentType: contentType)
    }
  }

  @Test func `a form with two models is refused, as is one that is cut off`() {
    let twice = Self.form.replacing(
      "--x--", with: "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nb\r\n--x--")
    for body in [twice, String(Self.form.dropLast(8)), "--x", "", "--x\r\nno head"] {
      #expect(throws: GatewayError.self) {
        _ = try ClientRequest.parse(
          ByteBuffer(string: body), for: .transcription, contentType: "multipart/form-data; boundary=x")
      }
    }
  }

  @Test func `a provider without the endpoint is not called`() throws {
    let request = try ClientRequest.parse(ByteBuffer(string: #"{"model":"m","input":"x"}"#), for: .embeddings)
    #expect(throws: GatewayError.self) { _ = try request.translated(for: endpoint("anthropic"), now: 0) }
    #expect(try request.translated(for: endpoint("openai"), now: 0).target == "/v1/embeddings")
  }

  @Test(
    arguments: [
      ("azure", "2024-10-21", "/openai/deployments/real%2Fm/chat/completions?api-version=2024-10-21"),
      ("azure", nil, "/openai/v1/chat/completions"), ("gemini", nil, "/models/real%2Fm:generateContent"),
      ("bedrock", nil, "/model/real%2Fm/converse"), ("anthropic", nil, "/v1/messages"),
      ("openai", nil, "/chat/completions"),
    ] as [(String, String?, String)])
  func `every dialect has its path`(provider: String, version: String?, target: String) throws {
    let descriptor = try #require(ProviderCatalog.descriptor(provider))
    let endpoint = UpstreamEndpoint(
      provider: descriptor, origin: UpstreamOrigin(scheme: .https, host: "api.example.com"), pathPrefix: "",
      model: "real/m", apiVersion: version)
    #expect(endpoint.target(of: .chat, isStream: false) == target)
  }
}

@Suite struct TokenCountingTests {
  private func usage(
    _ client: ClientDialect, _ body: String, media: AnswerMedia, asks: Bool = false
  ) throws -> (usage: TokenUsage?, output: String) {
    let upstream: ProviderDescriptor.Dialect = client == .openAI ? .openAI : .anthropic
    var result: (TokenUsage?, String)?
    let bytes = Array(body.utf8)
    for place in stride(from: 0, through: bytes.count, by: 1) {
      var plan = AnswerPlan(
        client: client, upstream: upstream, operation: client == .openAI ? .chat : .messages,
        isStream: media == .events,
        reportsUsage: !asks)
      plan.asksForUsage = asks
      let identity = AnswerIdentity(encodedModel: JSONText.encode("public"), id: "id", created: 1)
      var translator = try AnswerTranslator(plan, identity, media: media, isEncoded: false)
      var output = ""
      for piece in [bytes[..<place], bytes[place...]] where !piece.isEmpty {
        if let bytes = translator.feed(ByteBuffer(bytes: piece)).bytes { output += String(buffer: bytes) }
      }
      if let bytes = translator.finish().bytes { output += String(buffer: bytes) }
      if let result {
        #expect(result.0 == translator.usage && result.1 == output, "cut at \(place)")
      } else {
        result = (translator.usage, output)
      }
    }
    return try #require(result)
  }

  @Test func `counts a whole answer that passes`() throws {
    let body =
      #"{"model":"m","choices":[{"message":{"content":"\"usage\":{\"prompt_tokens\":9}"}}],"usage":{"prompt_tokens":5,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":3}},"x":"usage"}"#
    let (usage, output) = try usage(.openAI, body, media: .json)
    #expect(usage == TokenUsage(prompt: 5, completion: 2, cacheRead: 3))
    #expect(output == body.replacing(#""model":"m""#, with: #""model":"public""#))
  }

  private static let stream = """
    data: {"model":"m","choices":[{"delta":{"content":"\\"usage\\":{"}}],"usage":null}

    data: {"model":"m","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2}}

    data: [DONE]


    """

  @Test func `counts a stream that passes, and keeps back the chunk that only the gateway asked for`() throws {
    let (usage, output) = try usage(.openAI, Self.stream, media: .events, asks: true)
    #expect(usage == TokenUsage(prompt: 5, completion: 2))
    #expect(
      output == """
        data: {"model":"public","choices":[{"delta":{"content":"\\"usage\\":{"}}],"usage":null}

        data: [DONE]


        """)
    #expect(try self.usage(.openAI, Self.stream, media: .events).output.contains(#""completion_tokens":2"#))
  }

  @Test func `counts Anthropic's stream and renames the model inside its first event`() throws {
    let (usage, output) = try usage(
      .anthropic,
      """
      event: message_start
      data: {"type":"message_start","message":{"id":"i","model":"m","usage":{"input_tokens":5,"cache_read_input_tokens":2,"output_tokens":1}}}

      event: message_delta
      data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

      event: message_stop
      data: {"type":"message_stop"}


      """, media: .events)
    #expect(usage == TokenUsage(prompt: 7, completion: 7, cacheRead: 2))
    #expect(output.contains(#""message":{"id":"i","model":"public","usage""#))
    #expect(output.hasSuffix("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"))
  }

  @Test func `an error as the first event is told, so that another target can be tried`() throws {
    let plan = AnswerPlan(client: .openAI, upstream: .openAI, operation: .chat, isStream: true, reportsUsage: false)
    let identity = AnswerIdentity(encodedModel: JSONText.encode("public"), id: "id", created: 1)
    var translator = try AnswerTranslator(plan, identity, media: .events, isEncoded: false)
    let output = translator.feed(ByteBuffer(string: "data: {\"error\":{\"message\":\"m\",\"code\":429}}\n\n"))
    #expect(output.bytes == nil)
    guard case .upstreamFailure(let failure)? = output.failure else {
      Issue.record("no failure")
      return
    }
    #expect(failure.kind == .rateLimited)
  }
}
