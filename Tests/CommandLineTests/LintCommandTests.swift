import Foundation
import SluiceTestSupport
import Testing

/// `sluice lint` beyond one report of one file.
struct LintCommandTests {
  /// A spec with one mistake that has an unsafe fix and a suppression that silences nothing, whose fix is safe.
  private static let spec = """
    apiVersion: sluice/v1
    kind: Gateway
    metadata: { name: quickstart } # sluice: allow GW6002: nothing to silence

    engine: { type: sluice, replicas: 1 } # one is enough
    server:
      prot: 4000

    providers:
      mock: { type: mock }

    models:
      gpt-4o-mini:
        targets:
          - { provider: mock, model: echo }

    """
  private static let mended = spec.replacing("prot:", with: "port:")
    .replacing(" # sluice: allow GW6002: nothing to silence", with: "")

  // MARK: outputs

  @Test
  func `several formats go to several places in one run`() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.spec, to: "gateway.yaml")
    let run = try CommandLineRun(
      ["lint", "gateway.yaml", "--output", "concise", "-o", "sarif=lint.sarif", "-o", "json=lint.json"], in: scratch.url
    )
    #expect(run.status == 1)
    #expect(run.output.contains("gateway.yaml:7:3: error[GW1001]"))
    let sarif = try Data(contentsOf: scratch.url.appending(path: "lint.sarif"))
    #expect(try (JSONSerialization.jsonObject(with: sarif) as? [String: Any])?["version"] as? String == "2.1.0")
    let json = try Data(contentsOf: scratch.url.appending(path: "lint.json"))
    #expect(try (JSONSerialization.jsonObject(with: json) as? [String: Any])?["version"] as? Int == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).count == 3)
  }

  @Test
  func `a file that cannot be written is no success, and nothing is left of it`() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.mended, to: "gateway.yaml")
    let run = try CommandLineRun(["lint", "gateway.yaml", "-o", "sarif=none/lint.sarif"], in: scratch.url)
    #expect(run.status == 3)
    #expect(run.error.contains("cannot write `none/lint.sarif`: no such folder"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path) == ["gateway.yaml"])
  }

  @Test
  func `what could not be read stands in reports for machines`() throws {
    let run = try CommandLineRun(["lint", "none.yaml", "--output", "junit"])
    #expect(run.status == 3)
    #expect(run.output.contains("errors=\"1\""))
    #expect(try CommandLineRun(["lint", "none.yaml", "--output", "github"]).output.hasPrefix("::error::cannot read"))
  }

  // MARK: which findings

  @Test
  func `findings are selected and ignored by code, prefix and name`() throws {
    func codes(_ arguments: String...) throws -> Set<String> {
      let run = try CommandLineRun(
        ["lint", "specs/invalid/three-promises.yaml", "--output", "concise"] + arguments)
      return Set(
        run.output.split(separator: "\n").compactMap { line in
          line.split(separator: "[").dropFirst().first.map { String($0.prefix(6)) }
        })
    }
    let all = try codes()
    #expect(all.isSuperset(of: ["GW3001", "GW4001", "GW5001"]))
    #expect(try codes("--select", "GW3001,probe-path-not-served") == ["GW3001", "GW4001"])
    #expect(try codes("--select", "gw4", "--ignore", "GW4001").allSatisfy { $0.hasPrefix("GW4") && $0 != "GW4001" })
    #expect(try codes("--ignore", "GW3", "--ignore", "GW4001") == all.filter { !$0.hasPrefix("GW3") && $0 != "GW4001" })
    #expect(
      try CommandLineRun(["lint", "specs/invalid/misspelt-key.yaml", "--select", "GW3001"]).status == 1,
      "what keeps the file from being read is shown always")
  }

  @Test
  func `the threshold may be never`() throws {
    #expect(try CommandLineRun(["lint", "specs/invalid/three-promises.yaml", "--fail-on", "never"]).status == 0)
  }

  // MARK: fixes

  @Test
  func `fix changes the file, says so and lints again`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write(Self.spec, to: "gateway.yaml")
    let safe = try CommandLineRun(["lint", "gateway.yaml", "--fix"], in: scratch.url)
    #expect(safe.status == 1, "the misspelt key is left")
    let all = try CommandLineRun(["lint", "gateway.yaml", "--fix", "--unsafe-fixes"], in: scratch.url)
    #expect(all.status == 0, "\(all.output)\(all.error)")
    #expect(all.error.contains("in gateway.yaml"))
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.mended)
    let again = try CommandLineRun(["lint", "gateway.yaml", "--fix", "--unsafe-fixes"], in: scratch.url)
    #expect(again.error == "")
  }

  @Test
  func `diff shows what patch can apply, and writes nothing`() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write(Self.spec, to: "gateway.yaml")
    let run = try CommandLineRun(["lint", "gateway.yaml", "--diff", "--unsafe-fixes"], in: scratch.url)
    #expect(run.status == 1)
    #expect(run.output.hasPrefix("--- gateway.yaml\n+++ gateway.yaml\n@@ "))
    #expect(run.output.contains("-  prot: 4000\n+  port: 4000\n"))
    #expect(run.error.contains("would fix "))
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.spec)
  }

  @Test
  func `standard input comes out fixed, and findings go to standard error`() throws {
    let run = try CommandLineRun(["lint", "-", "--fix", "--unsafe-fixes"], input: Array(Self.spec.utf8))
    #expect(run.output == Self.mended)
    let broken = try CommandLineRun(["lint", "-", "--fix"], input: Array("kind: [\n".utf8))
    #expect(broken.output == "kind: [\n")
    #expect(broken.error.contains("GW0001"))
    #expect(broken.status == 1)
  }

  // MARK: suppression

  @Test
  func `silenced findings are counted`() throws {
    let text = Self.mended.replacing(
      "metadata: { name: quickstart }",
      with: "metadata: { name: quickstart, namespace: default } # sluice: allow GW6001: mine")
    let run = try CommandLineRun(["lint", "-"], input: Array(text.utf8))
    #expect(run.output.contains("1 suppressed"), "\(run.output)")
    #expect(!run.output.contains("GW6001"))
  }

  @Test
  func `a policy by itself is silenced too`() throws {
    let policy =
      "path \"kv/*/x\" { # sluice: allow glob-not-at-end: a folder with a star in its name\n  capabilities = [\"read\"]\n}\n"
    let run = try CommandLineRun(["policy", "check", "-"], input: Array(policy.utf8))
    #expect(run.output == "1 policy checked, no findings, 1 suppressed\n")
  }

  // MARK: the command line itself

  @Test(arguments: [
    (["--output", "sarf"], "a similar one exists: `sarif`"),
    (["-o", "text", "-o", "json"], "write one to a file: `--output json=FILE`"),
    (["-o", "sarif=x", "-o", "json=x"], "two outputs go to `x`"), (["-o", "sarif="], "write `--output sarif=FILE`"),
    (["--select", "GW30001"], "a similar one exists: `GW"),
    (["--ignore", "probe-path-not-serve"], "`probe-path-not-served`"),
    (["--unsafe-fixes"], "add `--fix`, or `--diff` to look first"),
    (["-", "--fix"], "standard input can be the only file"),
    (["--fail-on", "warn"], "`warning`"),
  ])
  func `a wrong option exits with 2 and names what was probably meant`(_ arguments: [String], hint: String) throws {
    let run = try CommandLineRun(["lint", "specs/valid/quickstart.yaml"] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(hint), "\(run.error)")
    #expect(run.output.isEmpty)
  }

  @Test
  func `explain shows how to mend and to silence, and lists by prefix`() throws {
    let page = try CommandLineRun(["explain", "GW4001"]).output
    #expect(page.contains("sluice lint --fix --unsafe-fixes"))
    #expect(page.contains("# sluice: allow GW4001: "))
    #expect(try CommandLineRun(["explain", "GW1001"]).output.contains("cannot be silenced"))
    let list = try CommandLineRun(["explain", "GW10"]).output
    #expect(list.contains("GW1001") && !list.contains("GW2001"))
    #expect(try CommandLineRun(["explain", "--list"]).output == CommandLineRun(["explain"]).output)
  }
}
