import Foundation
import SluiceTestSupport
import Testing

/// `sluice serve` as its users meet it: the real program, the real OpenAI SDK.
struct ServeTests {
  /// A started gateway; it is stopped when the test lets go of it.
  final class Gateway {
    let process = Process()
    let address: String
    private let log: FileHandle
    private var logged = Data()
    private var waitedFor = 0

    init(_ arguments: [String], environment: [String: String] = [:]) throws {
      let pipe = Pipe()
      process.executableURL = CommandLineRun.program
      process.arguments = ["serve"] + arguments + ["--host", "127.0.0.1", "--port", "0"]
      process.currentDirectoryURL = RepositoryLayout.root
      process.environment = environment
      process.standardError = pipe
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      log = pipe.fileHandleForReading
      let pattern = /listening on (http:\/\/[0-9.:]+)/
      guard let match = Self.read(log, into: &logged, until: { $0.firstMatch(of: pattern) }) else {
        throw GatewayDidNotStart(log: String(decoding: logged, as: UTF8.self))
      }
      address = String(match.1)
    }

    /// Reads the log until it holds a text, behind what was waited for before.
    func waitForLog(_ text: String) -> Bool {
      let start = waitedFor
      let found = Self.read(log, into: &logged) { $0.dropFirst(start).firstRange(of: text) }
      guard let found else { return false }
      waitedFor = String(decoding: logged, as: UTF8.self)[..<found.upperBound].count
      return true
    }

    private static func read<Found>(
      _ log: FileHandle, into logged: inout Data, until found: (String) -> Found?
    ) -> Found? {
      while true {
        if let found = found(String(decoding: logged, as: UTF8.self)) { return found }
        let more = log.availableData
        if more.isEmpty { return nil }
        logged.append(more)
      }
    }

    /// Asks it to stop, waits, and gives the whole log.
    func stop() -> (status: Int32, log: String) {
      process.terminate()
      logged.append(log.readDataToEndOfFile())
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: logged, as: UTF8.self))
    }

    deinit { if process.isRunning { process.terminate() } }
  }

  struct GatewayDidNotStart: Error {
    let log: String
  }

  @Test
  func `the OpenAI SDK, unmodified, chats whole and streamed, lists models and gets proper errors`() throws {
    let scratch = try ScratchFolder()
    let spec = try scratch.write(
      """
      apiVersion: sluice/v1
      kind: Gateway
      metadata: { name: gateway }
      engine: { replicas: 1 }
      secrets: { entries: { master-key: { env: MASTER_KEY } } }
      auth: { masterKey: { secret: master-key } }
      providers: { mock: { type: mock } }
      models: { gpt-4o-mini: { targets: [{ provider: mock, model: echo }] } }

      """, to: "gateway.yaml")
    let gateway = try Gateway([spec.path], environment: ["MASTER_KEY": "sk-of-this-test"])
    let script = """
      import sys, openai
      base = sys.argv[1] + "/v1"
      client = openai.OpenAI(base_url=base, api_key="sk-of-this-test", max_retries=0)
      messages = [{"role": "user", "content": "hello there"}]
      answer = client.chat.completions.create(model="gpt-4o-mini", messages=messages)
      print("whole", "hello there" in answer.choices[0].message.content, answer.usage.total_tokens > 0)
      text, usage = "", None
      for chunk in client.chat.completions.create(
              model="gpt-4o-mini", messages=messages, stream=True, stream_options={"include_usage": True}):
          if chunk.choices: text += chunk.choices[0].delta.content or ""
          usage = chunk.usage or usage
      print("streamed", text == answer.choices[0].message.content, usage.total_tokens == answer.usage.total_tokens)
      print("models", [model.id for model in client.models.list()])
      for what, call in [
              ("key", lambda: openai.OpenAI(base_url=base, api_key="sk-wrong", max_retries=0).models.list()),
              ("model", lambda: client.chat.completions.create(model="gpt-5o", messages=messages))]:
          try: call()
          except openai.APIStatusError as error: print(what, error.status_code, type(error).__name__, "gpt-4o-mini" in str(error))
      """
    let client = Process()
    let output = Pipe()
    let errors = Pipe()
    client.executableURL = URL(filePath: "/usr/bin/env")
    client.arguments = ["python3", "-c", script, gateway.address]
    client.standardOutput = output
    client.standardError = errors
    try client.run()
    let reader = OutputReader(errors.fileHandleForReading)
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    client.waitUntilExit()
    #expect(client.terminationStatus == 0, "run `scripts/prepare test` and `scripts/test`: \(reader.text())")
    #expect(
      said == """
        whole True True
        streamed True True
        models ['gpt-4o-mini']
        key 401 AuthenticationError False
        model 400 BadRequestError True

        """)
    let (status, log) = gateway.stop()
    #expect(status == 0)
    #expect(log.contains(#""message":"draining"#))
    #expect(log.contains(#""target":"mock/echo""#))
    #expect(!log.contains("sk-of-this-test") && !log.contains("hello there"), "a key or a body reached the log")
  }

  @Test
  func `a changed spec is put in place on SIGHUP, and a broken one changes nothing`() throws {
    let scratch = try ScratchFolder()
    func spec(_ model: String) -> String {
      """
      apiVersion: sluice/v1
      kind: Gateway
      metadata: { name: gateway }
      providers: { mock: { type: mock } }
      models: { \(model): { targets: [{ provider: mock, model: echo }] } }

      """
    }
    let file = try scratch.write(spec("before"), to: "gateway.yaml")
    let gateway = try Gateway([file.path])
    func models() throws -> String {
      let curl = Process()
      let output = Pipe()
      curl.executableURL = URL(filePath: "/usr/bin/env")
      curl.arguments = ["curl", "--silent", "--show-error", gateway.address + "/v1/models"]
      curl.standardOutput = output
      try curl.run()
      return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    #expect(try models().contains("before"))

    try scratch.write(spec("after"), to: "gateway.yaml")
    kill(gateway.process.processIdentifier, SIGHUP)
    #expect(gateway.waitForLog("reloaded"))
    #expect(try models().contains("after"))

    try scratch.write(spec("broken").replacing("provider: mock", with: "provider: mick"), to: "gateway.yaml")
    kill(gateway.process.processIdentifier, SIGHUP)
    #expect(gateway.waitForLog("not reloaded"))
    #expect(gateway.waitForLog("GW2002"))
    #expect(try models().contains("after"))
    #expect(gateway.stop().status == 0)
  }

  @Test
  func `a port in use is a clear message and a status of 3, never half a gateway`() throws {
    let first = try Gateway(["specs/valid/quickstart.yaml"])
    let port = first.address.split(separator: ":").last.map(String.init) ?? ""
    let second = try CommandLineRun(
      ["serve", "specs/valid/quickstart.yaml", "--host", "127.0.0.1", "--port", port])
    #expect(second.status == 3)
    #expect(second.error.contains(port))
    #expect(second.error.contains("--port"))
    #expect(first.stop().status == 0)
  }
}
