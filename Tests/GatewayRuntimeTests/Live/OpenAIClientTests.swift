import Foundation
import Testing

@testable import GatewayRuntime

/// The official OpenAI SDK for Python, unmodified, through a gateway in front of a provider that keeps to the
/// documentation. It runs from `scripts/test`, which puts the SDK in place.
@Suite(.timeLimit(.minutes(2))) struct OpenAIClientTests {
  /// Runs a Python script against a gateway and gives what it printed.
  static func run(_ script: String, models: [PublicModel]) async throws -> String {
    var said = ""
    try await LiveGateway.run(models: models, access: .masterKey(SecretValue(LiveGateway.key))) { server in
      let python = Process()
      let output = Pipe()
      python.executableURL = URL(filePath: "/usr/bin/env")
      python.arguments = ["python3", "-c", script, "http://127.0.0.1:\(server.address.port)", LiveGateway.key]
      python.standardOutput = output
      python.standardError = output
      said = try await withCheckedThrowingContinuation { continuation in
        python.terminationHandler = { _ in
          continuation.resume(
            returning: String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
        }
        do { try python.run() } catch { continuation.resume(throwing: error) }
      }
    }
    return said
  }

  @Test func `chats, streams, tools, embeddings, errors, retries and timeouts are as at OpenAI`() async throws {
    let provider = try await FakeProvider(DocumentedProvider.script())
    let policy = RoutingPolicy(retries: 2, backoff: .milliseconds(1), cooldown: .zero)
    let models =
      ["gpt-4.1", "text-embedding-3-small"].map { name in
        PublicModel(
          name: name, targets: [LiveGateway.target("openai/\(name)", provider, model: name)],
          policy: name == "gpt-4.1" ? RoutingPolicy(retries: 0, cooldown: .zero) : policy)
      } + [PublicModel(name: "patient", targets: [LiveGateway.target("openai/patient", provider)], policy: policy)]
    let said = try await Self.run(
      """
      import sys, openai
      client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key=sys.argv[2], max_retries=0)
      def ask(text, model="gpt-4.1", client=client, **more):
          return client.chat.completions.create(model=model, messages=[{"role": "user", "content": text}], **more)
      answer = ask("say hello there")
      print("chat", answer.choices[0].message.content, answer.model, answer.usage.prompt_tokens_details.cached_tokens)
      raw = client.chat.completions.with_raw_response.create(model="gpt-4.1", messages=[{"role": "user", "content": "hi"}])
      print("fields", raw.headers["x-sluice-target"], raw.headers["x-sluice-attempts"], raw.headers["x-sluice-upstream-request-id"])
      text, usage = "", None
      for chunk in ask("say one two", stream=True, stream_options={"include_usage": True}):
          assert chunk.model == "gpt-4.1"
          if chunk.choices: text += chunk.choices[0].delta.content or ""
          usage = chunk.usage or usage
      print("stream", text, usage.total_tokens)
      tools = [{"type": "function", "function": {"name": "get_current_weather", "parameters": {"type": "object", "properties": {"location": {"type": "string"}}}}}]
      calls = ask("tool", tools=tools).choices[0].message.tool_calls
      print("tools", [call.id for call in calls], calls[0].function.name)
      with client.chat.completions.stream(model="gpt-4.1", messages=[{"role": "user", "content": "tool"}], tools=tools) as stream:
          print("tool stream", stream.get_final_completion().choices[0].message.tool_calls[0].function.arguments)
      for status in (400, 401, 404, 429, 500, 503):
          try: ask(f"error {status}")
          except openai.APIStatusError as error:
              print("error", status, type(error).__name__, error.status_code, error.response.headers.get("x-sluice-attempts"))
      raw = client.chat.completions.with_raw_response.create(model="patient", messages=[{"role": "user", "content": "flaky"}])
      print("gateway retries", raw.headers["x-sluice-attempts"], raw.headers["x-sluice-tried"])
      print("client retries", ask("flaky", client=client.with_options(max_retries=2)).choices[0].message.content)
      try: ask("sleep", client=client.with_options(timeout=0.3))
      except openai.APITimeoutError: print("timeout")
      try: client.with_options(api_key="sk-wrong").models.list()
      except openai.AuthenticationError as error: print("key", error.status_code)
      print("models", [model.id for model in client.models.list()], client.models.retrieve("gpt-4.1").id)
      """, models: models)
    #expect(
      said == """
        chat say hello there gpt-4.1 4
        fields openai/gpt-4.1 1 req_upstream
        stream say one two 21
        tools ['call_abc123', 'call_def456'] get_current_weather
        tool stream {"location": "Boston, MA"}
        error 400 BadRequestError 400 1
        error 401 AuthenticationError 401 1
        error 404 NotFoundError 404 1
        error 429 RateLimitError 429 1
        error 500 InternalServerError 500 1
        error 503 InternalServerError 503 1
        gateway retries 2 openai/patient=server_error
        client retries flaky
        timeout
        key 401
        models ['demo', 'gpt-4.1', 'text-embedding-3-small', 'patient'] gpt-4.1

        """)
  }
}
