import Compiler
import Foundation
import GatewaySpec
import SluiceTestSupport
import Testing

/// The real LiteLLM, started as the compiled Deployment starts it, on the compiled configuration, in front of a fake provider.
/// All of it on loopback. It takes LiteLLM a quarter of a minute to start, so that one start answers everything.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: LiteLLM.program.path), "LiteLLM is not here: run `scripts/prepare test`")
)
struct `LiteLLM itself` {
  @Test func `it boots on the compiled configuration, answers, falls back and is healthy`() throws {
    let spec = try CompiledSpec(Self.spec)
    #expect(
      spec.findings == [
        "GW9011 the image `ghcr.io/berriai/litellm:v1.109.1` is taken without its digest",
        "GW9005 the pods need a Secret `live-secrets` that no output makes",
      ])
    let answers = try LiteLLM.run(on: spec, asking: Self.models)
    #expect(answers["liveness"] == "200")
    #expect(answers["readiness"] == "200")
    #expect(answers["without a key"] == "401")
    #expect(answers["models"] == Self.models.sorted().joined(separator: " "))
    // Each provider of the catalogue is asked for the model that the spec names, at the address that the spec names.
    for provider in Self.providers {
      #expect(answers["model via-\(provider.id)"] == "200 served-by-\(provider.id)")
    }
    #expect(answers["model flaky"] == "200 served-by-openai", "the fallback answers")
    #expect(answers["model mocked"] == "200 This is an answer of the mock provider.")
    #expect(answers["asked for broken"] == "2", "once, and once again: `retries: 1`")
    // The proxy says so in its log, and nowhere else, when it does not know a setting.
    #expect(answers["complaints"] == "", "\(answers)")
  }

  /// Those whose API the fake provider speaks: it has no paths of deployments.
  private static let providers = ProviderCatalog.all.filter {
    ($0.dialect == .openAI || $0.dialect == .anthropic) && !$0.traits.contains(.hasDeployments)
  }
  private static let models = providers.map { "via-\($0.id)" } + ["flaky", "mocked"]

  /// Port 1 stands for the fake provider's, which is known only when it listens.
  private static let spec: String = {
    let list = providers.map { provider in
      let path = provider.dialect == .anthropic ? "" : "/v1"
      return
        "  \(provider.id): { type: \(provider.id), apiKey: { secret: key }, baseURL: \"http://127.0.0.1:1\(path)\" }\n"
    }
    let models = providers.map { "  via-\($0.id): { targets: [{ provider: \($0.id), model: served-by-\($0.id) }] }\n" }
    return """
      apiVersion: sluice/v1
      kind: Gateway
      metadata: { name: live }
      engine: { type: litellm, version: 1.109.1, replicas: 1, settings: { drop_params: true, allowed_fails: 5 } }
      secrets:
        delivery: environment
        entries:
          master: { env: LITELLM_MASTER_KEY }
          key: { env: PROVIDER_KEY }
      auth: { masterKey: { secret: master } }
      providers:
        mock: { type: mock }
      \(list.joined())
      models:
        mocked: { targets: [{ provider: mock, model: echo }] }
        flaky: { targets: [{ provider: openai, model: broken }], fallbacks: [via-openai] }
      \(models.joined())
      routing: { retries: 1, timeout: 20s, cooldown: 5s }

      """
  }()
}

/// Starts LiteLLM, asks it, and stops it by its process id; in Python, for that is there wherever LiteLLM is.
private enum LiteLLM {
  static let program = RepositoryLayout.root.appending(path: ".build/python/bin/litellm")

  static func run(on spec: CompiledSpec, asking models: [String]) throws -> [String: String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-litellm-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try ArtifactWriter().write(spec.compilation.artifacts, to: folder.path)
    let driver = Process()
    driver.executableURL = program.deletingLastPathComponent().appending(path: "python3")
    driver.arguments = ["-c", script, folder.path, program.path] + models
    let (output, errors) = (Pipe(), folder.appending(path: "errors"))
    try Data().write(to: errors)
    driver.standardOutput = output
    driver.standardError = try FileHandle(forWritingTo: errors)
    try driver.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    driver.waitUntilExit()
    let answers = try? JSONSerialization.jsonObject(with: bytes) as? [String: String]
    let complaint = try String(contentsOf: errors, encoding: .utf8).suffix(4000)
    return try #require(answers, "\(complaint)")
  }

  private static let script = #"""
    import collections, http.client, http.server, json, os, pathlib, re, socket, subprocess, sys, threading, time, yaml

    folder, program, models = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    asked = collections.Counter()

    class Provider(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            model = body["model"].split("/")[-1]
            asked[model] += 1
            usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
            if model == "broken":
                status, answer = 500, {"error": {"message": "no", "type": "server_error"}}
            elif self.path.endswith("/messages"):
                status, answer = 200, {
                    "id": "m", "type": "message", "role": "assistant", "model": model, "stop_reason": "end_turn",
                    "content": [{"type": "text", "text": model}], "usage": {"input_tokens": 1, "output_tokens": 1}}
            elif self.path.endswith("/chat/completions"):
                message = {"role": "assistant", "content": model}
                status, answer = 200, {
                    "id": "c", "object": "chat.completion", "created": 1, "model": model, "usage": usage, "service_tier": "default",
                    "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}
            else:
                status, answer = 404, {"error": {"message": self.path, "type": "not_found"}}
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        def log_message(self, *arguments): pass

    provider = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    # The arguments and variables are those of the Deployment; paths and ports are this machine's.
    deployment = yaml.safe_load((folder / "kubernetes/deployment.yaml").read_text())
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    configuration = folder / "config.yaml"
    configuration.write_text((folder / "litellm/config.yaml").read_text().replace(
        "127.0.0.1:1/", f"127.0.0.1:{provider.server_address[1]}/").replace(
        "127.0.0.1:1\n", f"127.0.0.1:{provider.server_address[1]}\n"))
    arguments = [{"/etc/litellm/config.yaml": str(configuration), "4000": str(port)}.get(word, word)
                 for word in container["args"]]
    variables = {"PATH": os.environ["PATH"]}
    for entry in container["env"]:
        secret = entry.get("valueFrom", {}).get("secretKeyRef")
        variables[entry["name"]] = f"sk-{secret['key']}-0123456789abcdef" if secret else \
            re.sub("^/tmp", str(folder), entry["value"])
    log = open(folder / "log", "w+")
    process = subprocess.Popen(
        [program, *arguments, "--host", "127.0.0.1"], env=variables, cwd=folder, stdout=log, stderr=log)

    def call(method, path, body=None, key=None):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"content-type": "application/json"}
        if key: headers["authorization"] = f"Bearer {key}"
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def chat(model, key):
        status, text = call("POST", "/v1/chat/completions", {
            "model": model, "messages": [{"role": "user", "content": "hello"}], "max_tokens": 5}, key)
        return f"{status} {json.loads(text)['choices'][0]['message']['content']}" if status == 200 else f"{status} {text}"

    answers = {}
    try:
        deadline = time.monotonic() + 240
        while True:
            try:
                answers["liveness"] = str(call("GET", "/health/liveliness")[0])
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    sys.exit(log.read())
                threading.Event().wait(0.2)
        key = variables["LITELLM_MASTER_KEY"]
        answers["readiness"] = str(call("GET", "/health/readiness")[0])
        answers["without a key"] = str(call("POST", "/v1/chat/completions", {"model": "mocked", "messages": []})[0])
        listed = json.loads(call("GET", "/v1/models", key=key)[1])["data"]
        answers["models"] = " ".join(sorted(model["id"] for model in listed))
        for model in models: answers[f"model {model}"] = chat(model, key)
        answers["asked for broken"] = str(asked["broken"])
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
    log.seek(0)
    answers["complaints"] = "\n".join(
        line for line in log if "is not a valid argument" in line)
    print(json.dumps(answers))
    """#
}
