import Foundation
import SluiceTestSupport
import Testing

struct CommandTests {
  // MARK: lint

  @Test
  func `a clean spec exits with 0, one with an error with 1, one with a warning as the threshold says`() throws {
    #expect(try CommandLineRun(["lint", "specs/valid/quickstart.yaml"]).status == 0)
    let broken = try CommandLineRun(["lint", "specs/invalid/misspelt-key.yaml"])
    #expect(broken.status == 1)
    #expect(broken.output.contains("--> specs/invalid/misspelt-key.yaml:9:3"))
    let scratch = try ScratchFolder()
    try scratch.write(
      "apiVersion: sluice/v1\nkind: Gateway\nmetadata: { name: g, labels: { beta: yes } }\n", to: "w.yaml")
    #expect(try CommandLineRun(["lint", "w.yaml"], in: scratch.url).status == 0)
    #expect(try CommandLineRun(["lint", "w.yaml", "--fail-on", "warning"], in: scratch.url).status == 1)
  }

  @Test
  func `several specs and standard input are linted in one run`() throws {
    let spec = try Data(contentsOf: RepositoryLayout.specs.appending(path: "invalid/misspelt-key.yaml"))
    let run = try CommandLineRun(["lint", "specs/valid/quickstart.yaml", "-"], input: Array(spec))
    #expect(run.status == 1)
    #expect(run.output.contains("--> <stdin>:9:3"))
  }

  @Test
  func `JSON is one document with a version`() throws {
    let run = try CommandLineRun([
      "lint", "--output", "json", "specs/invalid/three-promises.yaml", "specs/valid/quickstart.yaml",
    ])
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(object?["version"] as? Int == 1)
    #expect((object?["diagnostics"] as? [Any])?.isEmpty == false)
    #expect(run.status == 1)
  }

  @Test
  func `colour follows the wish, then NO_COLOR, then the terminal`() throws {
    let escape = "\u{1B}["
    func output(_ arguments: [String], _ environment: [String: String] = [:]) throws -> Bool {
      try CommandLineRun(["lint", "specs/invalid/misspelt-key.yaml"] + arguments, environment: environment)
        .output.contains(escape)
    }
    #expect(try output([]) == false)
    #expect(try output(["--colour", "always"]))
    #expect(try output([], ["FORCE_COLOR": "1"]))
    #expect(try output([], ["FORCE_COLOR": "1", "NO_COLOR": "1"]) == false)
    #expect(try output(["--colour", "never"], ["FORCE_COLOR": "1"]) == false)
  }

  // MARK: what cannot be read

  @Test
  func `what cannot be read exits with 3 and says why, and the rest is still linted`() throws {
    let missing = try CommandLineRun(["lint", "specs/valid/quickstrat.yaml", "specs/invalid/misspelt-key.yaml"])
    #expect(missing.status == 3)
    #expect(missing.error.contains("cannot read `specs/valid/quickstrat.yaml`: no such file"))
    #expect(missing.error.contains("a file with a similar name exists: `specs/valid/quickstart.yaml`"))
    #expect(missing.output.contains("misspelt-key.yaml:9:3"))
    #expect(try CommandLineRun(["lint", "specs"]).error.contains("it is a folder"))
  }

  @Test
  func `a file of 200 MB is refused without being read`() throws {
    let scratch = try ScratchFolder()
    let file = scratch.url.appending(path: "big.yaml")
    #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
    let handle = try FileHandle(forWritingTo: file)
    try handle.truncate(atOffset: 200 << 20)
    try handle.close()
    let run = try CommandLineRun(["lint", "big.yaml"], in: scratch.url)
    #expect(run.status == 3)
    #expect(run.error.contains("larger than 32 MiB"))
  }

  @Test(arguments: [
    ("", "GW0011"), ("\u{0}\u{1}\u{2}binary", "GW0008"), ("# only a comment\n", "GW0011"), ("- a list\n", "GW1003"),
    ("{", "GW0001"),
  ])
  func `an empty, binary or half file is a finding`(_ text: String, code: String) throws {
    let run = try CommandLineRun(["lint", "-"], input: Array(text.utf8))
    #expect(run.status == 1)
    #expect(run.output.contains(code), "\(run.output)")
    #expect(run.output.contains(/(?m)^1 error( \(|$)/), "\(run.output)")
  }

  @Test
  func `a standard output that cannot be written is no success`() throws {
    for command in ["lint specs/valid/litellm.yaml", "compile specs/valid/litellm.yaml --target vault"] {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", "exec \"$0\" \(command) >/dev/full", CommandLineRun.program.path]
      process.currentDirectoryURL = RepositoryLayout.root
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 3, "\(command)")
    }
  }

  // MARK: the command line itself

  @Test(arguments: [
    (["lnt"], "a command with a similar name exists: `lint`"),
    (["lint"], "run `sluice lint --help`"),
    (["lint", "x.yaml", "--output", "xml"], "there are `text`"),
    (["compile", "x.yaml", "--target", "helm"], "there are `kubernetes`"),
    (["compile", "x.yaml", "--check"], "name it with `--output`"),
    (["serve", "x.yaml", "--port", "70000"], "between 0 and 65535"),
    (["explain", "secret-outside-scope"], "`secret-outside-policy-scope`"),
    (["lint", "x.yaml", "--colur", "never"], "--colour"),
  ])
  func `a wrong command line exits with 2 and leads on`(_ arguments: [String], hint: String) throws {
    let run = try CommandLineRun(arguments)
    #expect(run.status == 2)
    #expect(run.error.hasPrefix("error: "))
    #expect(run.error.contains(hint), "\(run.error)")
    #expect(run.output.isEmpty)
  }

  @Test
  func `help and version are no errors`() throws {
    for arguments in [
      ["--help"], ["lint", "--help"], ["compile", "--help"], ["serve", "--help"], ["explain", "--help"],
    ] {
      let run = try CommandLineRun(arguments)
      #expect(run.status == 0)
      #expect(run.output.contains("USAGE"))
    }
    #expect(try CommandLineRun(["--version"]).output == "0.1.0\n")
    #expect(try CommandLineRun([]).output.contains("SUBCOMMANDS"))
  }

  @Test
  func `explain shows the page of a code or a name, and lists all without one`() throws {
    let page = try CommandLineRun(["explain", "gw4001"])
    #expect(page.status == 0)
    #expect(page.output.contains("probe-path-not-served"))
    #expect(page.output.contains("^^^^^^^^"))
    #expect(try CommandLineRun(["explain", "probe-path-not-served"]).output == page.output)
    #expect(try CommandLineRun(["explain"]).output.contains("GW3001"))
  }

  // MARK: compile

  @Test
  func `compile writes a folder, keeps what is not its own, and check tells drift`() throws {
    let scratch = try ScratchFolder()
    let spec = RepositoryLayout.specs.appending(path: "valid/litellm.yaml").path
    let folder = scratch.url.appending(path: "deploy")
    let first = try CommandLineRun(["compile", spec, "-o", "deploy"], in: scratch.url)
    #expect(first.status == 0, "\(first.error)")
    #expect(FileManager.default.fileExists(atPath: folder.appending(path: "kubernetes/deployment.yaml").path))
    try "mine".write(to: folder.appending(path: "notes.txt"), atomically: true, encoding: .utf8)
    #expect(try CommandLineRun(["compile", spec, "-o", "deploy", "--check"], in: scratch.url).status == 0)
    try "changed".write(to: folder.appending(path: "kubernetes/service.yaml"), atomically: true, encoding: .utf8)
    let drift = try CommandLineRun(["compile", spec, "-o", "deploy", "--check"], in: scratch.url)
    #expect(drift.status == 1)
    #expect(drift.output.contains("-changed"))
    #expect(try CommandLineRun(["compile", spec, "-o", "deploy"], in: scratch.url).status == 0)
    #expect(try String(contentsOf: folder.appending(path: "notes.txt"), encoding: .utf8) == "mine")
    #expect(try CommandLineRun(["compile", spec, "-o", "deploy", "--check"], in: scratch.url).status == 0)
  }

  @Test
  func `all environments are written at once, and the folder can be checked and changed back`() throws {
    let scratch = try ScratchFolder()
    let spec = RepositoryLayout.specs.appending(path: "valid/litellm.yaml").path
    func run(_ options: String...) throws -> CommandLineRun {
      try CommandLineRun(["compile", spec, "-o", "deploy"] + options, in: scratch.url)
    }
    func exists(_ path: String) -> Bool {
      FileManager.default.fileExists(atPath: scratch.url.appending(path: "deploy/\(path)").path)
    }
    #expect(try run("--overlays").status == 0)
    #expect(exists("kubernetes/overlays/staging/kustomization.yaml") && exists("vault/overlays/staging/setup.sh"))
    #expect(try run("--overlays", "--check").status == 0)
    let drift = try run("--check")
    #expect(drift.status == 1)
    #expect(drift.output.contains("stale: deploy/kubernetes/base/deployment.yaml"))
    #expect(try run().status == 0)
    #expect(!exists("kubernetes/overlays") && exists("kubernetes/deployment.yaml"))
    #expect(try CommandLineRun(["compile", spec, "--overlays"]).error.contains("`--output`"))
    #expect(try run("--overlays", "--env", "staging").error.contains("leave `--env` out"))
  }

  @Test
  func `a spec with an error compiles to nothing`() throws {
    let scratch = try ScratchFolder()
    let spec = RepositoryLayout.specs.appending(path: "invalid/three-promises.yaml").path
    let run = try CommandLineRun(["compile", spec, "-o", "deploy"], in: scratch.url)
    #expect(run.status == 1)
    #expect(run.error.contains("GW4001"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == [])
  }

  @Test
  func `an output folder that cannot be written exits with 3 and leaves nothing behind`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("a file", to: "deploy")
    let spec = RepositoryLayout.specs.appending(path: "valid/quickstart.yaml").path
    let run = try CommandLineRun(["compile", spec, "-o", "deploy"], in: scratch.url)
    #expect(run.status == 3)
    #expect(run.error.hasPrefix("error: "))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["deploy"])
    #expect(try CommandLineRun(["compile", spec, "-o", "/proc/none/deploy"], in: scratch.url).status == 3)
  }

  @Test
  func `a line of the output leads to its place in the spec`() throws {
    let run = try CommandLineRun(["compile", "specs/valid/litellm.yaml", "--target", "vault"])
    #expect(run.status == 0)
    let service = try CommandLineRun(["compile", "specs/valid/litellm.yaml", "--explain", "kubernetes/service.yaml:1"])
    #expect(service.status == 0)
    #expect(
      try CommandLineRun(["compile", "specs/valid/litellm.yaml", "--explain", "kubernetes/servce.yaml:1"]).error
        .contains("`kubernetes/service.yaml`"))
    #expect(try CommandLineRun(["compile", "specs/valid/litellm.yaml", "--env", "stagin"]).status == 2)
  }

  // MARK: serve

  @Test
  func `serve refuses to start without its secrets, and names them all`() throws {
    let run = try CommandLineRun(["serve", "specs/valid/openai-compatible.yaml", "--host", "127.0.0.1", "--port", "0"])
    #expect(run.status == 3)
    #expect(run.error.contains("SLUICE_MASTER_KEY"))
    #expect(run.error.contains("OPENAI_API_KEY"))
    #expect(try CommandLineRun(["serve", "specs/valid/openai-compatible.yaml", "--check", "--mock"]).status == 0)
  }
}
