import Foundation
import Testing

struct PolicyCommandTests {
  static let tidy = """
    path "litellm/*" {
      capabilities = ["read", "list"]
    }

    """
  static let untidy = "path \"litellm/*\" {\n    capabilities=[\"read\",\"list\"]\n}\n"

  static func folder() throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(tidy, to: "a.hcl")
    try scratch.write("path \"litellm/data/admin\" { capabilities = [\"deny\"] }\n", to: "b.hcl")
    return scratch
  }

  // MARK: check

  @Test
  func `check tells all mistakes of all files with their places`() throws {
    let scratch = try Self.folder()
    try scratch.write(
      "path \"a/+*\" { capabilities = [\"write\"] }\npath \"b*c\" { capabilities = [\"read\"] }\n", to: "bad.hcl")
    let run = try CommandLineRun(["policy", "check", "bad.hcl", "a.hcl", "-o", "concise"], in: scratch.url)
    #expect(run.status == 1)
    for place in ["bad.hcl:1:6", "bad.hcl:1:31", "bad.hcl:2:6"] { #expect(run.output.contains(place), "\(run.output)") }
    #expect(!run.output.contains("\na.hcl"))
    let clean = try CommandLineRun(["policy", "check", "a.hcl", "b.hcl"], in: scratch.url)
    #expect(clean.status == 0)
    #expect(clean.output == "2 policies checked, no findings\n")
  }

  @Test
  func `check fails from the severity asked for, and with 3 for what cannot be read`() throws {
    let warned = Array("path \"b*c\" { capabilities = [\"read\"] }\n".utf8)
    #expect(try CommandLineRun(["policy", "check", "-"], input: warned).status == 0)
    #expect(try CommandLineRun(["policy", "check", "-", "--fail-on", "warning"], input: warned).status == 1)
    let scratch = try Self.folder()
    let missing = try CommandLineRun(["policy", "check", "aa.hcl", "b.hcl"], in: scratch.url)
    #expect(missing.status == 3)
    #expect(missing.error.contains("a file with a similar name exists: `a.hcl`"))
  }

  @Test
  func `the profile decides whether a repeated attribute is an error`() throws {
    let twice = Array("path \"a\" {\n  capabilities = [\"read\"]\n  capabilities = [\"list\"]\n}\n".utf8)
    #expect(try CommandLineRun(["policy", "check", "-"], input: twice).status == 1)
    #expect(try CommandLineRun(["policy", "check", "-", "--profile", "trimmed-first"], input: twice).status == 0)
  }

  @Test
  func `check weighs the rules of a file against each other, unless Vault would refuse it`() throws {
    let shadowed = """
      path "litellm/data/*" { capabilities = ["read"] }
      path "litellm/data/team" { capabilities = ["update"] }
      path "litellm/metadata" { capabilities = [] }

      """
    let run = try CommandLineRun(
      ["policy", "check", "-", "-o", "concise", "--fail-on", "warning"], input: Array(shadowed.utf8))
    #expect(run.status == 1)
    #expect(run.output.contains("2:6"), "\(run.output)")
    #expect(run.output.contains("GW3118") && run.output.contains("GW3126"), "\(run.output)")
    let refused = try CommandLineRun(
      ["policy", "check", "-", "-o", "concise"], input: Array((shadowed + "path \"a/+*\" {}\n").utf8))
    #expect(refused.output.contains("GW3105") && !refused.output.contains("GW3118"), "\(refused.output)")
  }

  // MARK: fmt

  @Test
  func `fmt rewrites only what changes, keeps permissions and leaves nothing beside it`() throws {
    let scratch = try Self.folder()
    let file = try scratch.write(Self.untidy, to: "u.hcl")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let inode = try Self.inode(scratch.url.appending(path: "a.hcl"))
    let run = try CommandLineRun(["policy", "fmt", "a.hcl", "u.hcl"], in: scratch.url)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output == "u.hcl\n")
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.tidy)
    #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o640)
    #expect(try Self.inode(scratch.url.appending(path: "a.hcl")) == inode)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["a.hcl", "b.hcl", "u.hcl"])
  }

  @Test
  func `fmt follows a symbolic link instead of replacing it`() throws {
    let scratch = try Self.folder()
    let file = try scratch.write(Self.untidy, to: "u.hcl")
    let link = scratch.url.appending(path: "link.hcl")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    #expect(try CommandLineRun(["policy", "fmt", "link.hcl"], in: scratch.url).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.tidy)
  }

  @Test
  func `fmt with check or diff writes nothing`() throws {
    let scratch = try Self.folder()
    let file = try scratch.write(Self.untidy, to: "u.hcl")
    let check = try CommandLineRun(["policy", "fmt", "a.hcl", "u.hcl", "--check"], in: scratch.url)
    #expect(check.status == 1)
    #expect(check.output == "u.hcl\n")
    let diff = try CommandLineRun(["policy", "fmt", "u.hcl", "--diff"], in: scratch.url)
    #expect(diff.status == 0)
    #expect(diff.output.hasPrefix("--- u.hcl\n+++ u.hcl\n@@ "))
    #expect(diff.output.contains("\n-    capabilities=[\"read\",\"list\"]\n+  capabilities = [\"read\", \"list\"]\n"))
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.untidy)
    #expect(try CommandLineRun(["policy", "fmt", "a.hcl", "--check"], in: scratch.url).status == 0)
  }

  @Test
  func `fmt filters standard input and leaves mistakes and JSON alone`() throws {
    let run = try CommandLineRun(["policy", "fmt", "-"], input: Array(Self.untidy.utf8))
    #expect(run.output == Self.tidy)
    let scratch = try Self.folder()
    let broken = try scratch.write("path \"a\" { capabilities = [\"write\"] }", to: "c.hcl")
    let refused = try CommandLineRun(["policy", "fmt", "c.hcl"], in: scratch.url)
    #expect(refused.status == 1)
    #expect(refused.error.contains("c.hcl:1:"))
    #expect(try String(contentsOf: broken, encoding: .utf8).hasSuffix("[\"write\"] }"))
    let json = #"{"path": {"a": {"capabilities": ["read"]}}}"#
    #expect(try CommandLineRun(["policy", "fmt", "-"], input: Array(json.utf8)).output == json)
  }

  // MARK: can

  @Test
  func `can says yes with the deciding rule and its place`() throws {
    let scratch = try Self.folder()
    let run = try CommandLineRun(
      ["policy", "can", "read", "litellm/data/api-keys", "--policy", "a.hcl", "--policy", "b.hcl"], in: scratch.url)
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.hasPrefix("yes: `read` of `litellm/data/api-keys`"))
    #expect(run.output.contains("decides  \"litellm/*\" [read, list]\n    --> a.hcl:1:6\n"))
    #expect(run.output.contains("the policy `default` is counted"))
  }

  @Test
  func `can says no with the rules that lost and why`() throws {
    let scratch = try Self.folder()
    let run = try CommandLineRun(
      ["policy", "can", "read", "/litellm/data/admin", "--policy", "a.hcl", "--policy", "b.hcl"], in: scratch.url)
    #expect(run.status == 1)
    #expect(run.output.contains("no: `read` of `litellm/data/admin`, for the deciding rule denies"))
    #expect(run.output.contains("decides  \"litellm/data/admin\" [deny]\n    --> b.hcl:1:6"))
    #expect(
      run.output.contains(
        "loses  \"litellm/*\" [read, list]\n    the deciding rule is for exactly this path\n    --> a.hcl:1:6"))
  }

  @Test
  func `can counts the default policy until told not to`() throws {
    let scratch = try Self.folder()
    let question = ["policy", "can", "read", "auth/token/lookup-self", "--policy", "a.hcl"]
    #expect(try CommandLineRun(question, in: scratch.url).status == 0)
    let without = try CommandLineRun(question + ["--no-default-policy"], in: scratch.url)
    #expect(without.status == 1)
    #expect(without.output.contains("no rule matches"))
    #expect(!without.output.contains("`default`"))
  }

  @Test
  func `can names the form of the path that version 2 wants`() throws {
    let policy = Array("path \"kv/data/*\" { capabilities = [\"read\"] }".utf8)
    let run = try CommandLineRun(["policy", "can", "read", "kv/app", "--policy", "-"], input: policy)
    #expect(run.status == 1)
    #expect(run.output.contains("help: `kv/data/app` is allowed"))
  }

  @Test
  func `can asks about parameters, wrapping and the generation of servers`() throws {
    let policy = Array(
      """
      path "kv/app" {
        capabilities = ["update"]
        required_parameters = ["ttl"]
        max_wrapping_ttl = "90s"
      }
      """.utf8)
    let question = ["policy", "can", "update", "kv/app", "--policy", "-"]
    #expect(try CommandLineRun(question, input: policy).output.contains("wrapped for at most"))
    let wrapped = question + ["--wrap-ttl", "60s"]
    #expect(try CommandLineRun(wrapped, input: policy).output.contains("requires the parameter `ttl`"))
    #expect(try CommandLineRun(wrapped + ["--data", "ttl=1h"], input: policy).status == 0)

    let list = Array("path \"kv/\" { capabilities = [\"list\"] }\npath \"kv\" { capabilities = [\"deny\"] }".utf8)
    #expect(try CommandLineRun(["policy", "can", "list", "kv", "--policy", "-"], input: list).status == 0)
    let folded = Array("path \"KV/*\" { capabilities = [\"deny\"] }\npath \"kv/*\" { capabilities = [\"read\"] }".utf8)
    let read = ["policy", "can", "read", "kv/a", "--policy", "-", "--profile"]
    #expect(try CommandLineRun(read + ["deny-aware"], input: folded).status == 0)
    #expect(try CommandLineRun(read + ["deny-aware-ci"], input: folded).status == 1)
  }

  @Test
  func `can answers neither yes nor no when a policy has mistakes, and tells of rules that depend on the asker`() throws
  {
    let broken = try CommandLineRun(
      ["policy", "can", "read", "a", "--policy", "-"], input: Array("path \"a\" { capabilities = [\"write\"] }".utf8))
    #expect(broken.status == 3)
    #expect(broken.output.isEmpty)
    let template = Array("path \"kv/{{identity.entity.id}}\" { capabilities = [\"read\"] }".utf8)
    let run = try CommandLineRun(["policy", "can", "read", "kv/1", "--policy", "-"], input: template)
    #expect(run.error.contains("not counted: \"kv/{{identity.entity.id}}\" at <stdin>:1:6"))
  }

  // MARK: paths

  @Test
  func `paths lists by capability and names what narrower rules take out`() throws {
    let scratch = try Self.folder()
    let run = try CommandLineRun(["policy", "paths", "a.hcl", "b.hcl"], in: scratch.url)
    #expect(run.status == 0)
    #expect(
      run.output == """
        read
          litellm/*  a.hcl:1:6
            except litellm/data/admin  b.hcl:1:6
        list
          litellm/*  a.hcl:1:6
            except litellm/data/admin  b.hcl:1:6
        deny
          litellm/data/admin  b.hcl:1:6

        """)
    let one = try CommandLineRun(["policy", "paths", "a.hcl", "--capability", "read"], in: scratch.url)
    #expect(one.output == "read\n  litellm/*  a.hcl:1:6\n")
  }

  @Test(arguments: [
    ("a/+/c", "a/b/*", true), ("a/+/c", "a/b/d*", false), ("a/+/c", "a/b/c/d", false), ("+/data/*", "a/data/b", true),
    ("a/team-*", "a/team-x/y", true), ("a/+", "a/b/*", false), ("a/+/x*", "a/b/xy*", true), ("a/b", "a/c", false),
  ])
  func `an exception is a narrower rule that shares a path`(broad: String, narrow: String, isShared: Bool) throws {
    let policy = """
      path "\(broad)" { capabilities = ["read"] }
      path "\(narrow)" { capabilities = ["deny"] }
      """
    let run = try CommandLineRun(
      ["policy", "paths", "-", "--capability", "read"], input: Array(policy.utf8))
    #expect(run.output.contains("except \(narrow)") == isShared, "\(run.output)")
  }

  // MARK: the command line

  @Test(arguments: [
    (["policy", "chek", "a.hcl"], "a command with a similar name exists: `check`"),
    (["policy", "can", "write", "a", "--policy", "-"], "no operation is called `write`"),
    (["policy", "can", "read", "a"], "--policy"),
    (["policy", "can", "read", "a", "--policy", "-", "--data", "x"], "is not of the form `name=value`"),
    (["policy", "can", "read", "a", "--policy", "-", "--wrap-ttl", "soon"], "is no duration"),
    (["policy", "check", "-", "--output", "xml"], "no output format is called `xml`"),
    (["policy", "paths", "-", "--capability", "write"], "no capability is called `write`"),
    (["policy", "fmt", "-", "--profile", "vault"], "deny-aware"),
  ])
  func `a wrong command line exits with 2 and says what would be right`(arguments: [String], hint: String) throws {
    let run = try CommandLineRun(arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(hint), "\(run.error)")
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [[], ["check"], ["fmt"], ["can"], ["paths"]])
  func `help fits 80 columns and shows examples`(command: [String]) throws {
    let run = try CommandLineRun(["policy"] + command + ["--help"], environment: ["COLUMNS": "80"])
    #expect(run.status == 0)
    #expect(run.output.contains("\n  sluice policy "))
    for line in run.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  private static func inode(_ file: URL) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber] as? Int
  }
}
