import Compiler
import Emitters
import Foundation
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators
import VaultPolicy

@Suite struct `Terraform output` {
  @Test func `it says what the script says`() throws {
    let spec = try CompiledSpec(Sample.litellm)
    #expect(
      spec.paths.filter { $0.hasPrefix("terraform/") } == [
        "terraform/variables.tf", "terraform/vault.tf", "terraform/versions.tf",
      ])
    let resources = try spec("terraform/vault.tf")
    #expect(
      resources.contains(
        """
        resource "vault_kubernetes_auth_backend_role" "eso_litellm" {
          backend                          = vault_auth_backend.kubernetes.path
          role_name                        = "eso-litellm"
          bound_service_account_names      = ["litellm-eso"]
          bound_service_account_namespaces = ["ai-services"]
          audience                         = "vault"
          token_policies                   = [vault_policy.eso_litellm.name]
          token_ttl                        = 1200
          token_max_ttl                    = 1200
        }

        """), "\(resources)")
    #expect(
      resources.contains(
        """
        resource "vault_mount" "litellm" {
          path = "litellm"
          type = "kv"
          options = {
            version = "2"
          }
        }

        """))
  }

  @Test func `what must be told to Vault is an ephemeral variable and a write-only argument`() throws {
    for testCase in GoldenCase.all where testCase.kind == "valid" {
      for (_, validated) in try testCase.validated() {
        let compilation = Compiler.compile(validated)
        for artifact in compilation.artifacts where artifact.path.hasPrefix("terraform/") {
          for line in artifact.text.text.split(separator: "\n") {
            #expect(line.wholeMatch(of: /\s*(password|token_reviewer_jwt|secret_id|token)\s*=.*/) == nil, "\(line)")
          }
        }
        guard let variables = compilation.artifact("terraform/variables.tf")?.text.text else { continue }
        let blocks = variables.split(separator: "variable ")
        for block in blocks where block.contains("_password\"") || block.contains("_jwt\"") {
          #expect(block.contains("ephemeral   = true") && block.contains("sensitive   = true"), "\(block)")
        }
      }
    }
  }

  @Test func `no resource has the address of another`() throws {
    let text = Sample.manySources.replacing("team/keys:", with: "team-keys: {}\n    team/keys:")
    let spec = try CompiledSpec(text, files: ["policies/edge.hcl": Sample.edgePolicy])
    let resources = try spec("terraform/vault.tf")
    let heads = resources.split(separator: "\n").filter { $0.hasPrefix("resource ") }
    #expect(Set(heads).count == heads.count)
    #expect(heads.contains(#"resource "vault_mount" "team_keys_2" {"#))
  }

  /// In one process of Python: every `.tf` and `.hcl` of every golden is read by python-hcl2, and what the policies grant is
  /// compared with what our own parser reads, in the policy files and in Terraform's copy of them.
  @Test func `python-hcl2 reads all HCL of the goldens and finds the same grants`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-hcl-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var wanted: [String: [String: [String]]] = [:]
    var files = 0
    for testCase in GoldenCase.all where testCase.kind == "valid" {
      for (environment, validated) in try testCase.validated() {
        let artifacts = Compiler.compile(validated).artifacts.filter {
          $0.path.hasSuffix(".hcl") || $0.path.hasSuffix(".tf")
        }
        files += artifacts.count
        let name = "\(testCase.name)-\(environment ?? "base")"
        try ArtifactWriter().write(artifacts, to: folder.appending(path: name).path)
        for policy in validated.policies {
          var grants: [String: [String]] = [:]
          for rule in policy.policy.rules { grants[rule.pattern.written] = rule.capabilities.names }
          wanted["\(name)/\(policy.name.value)"] = grants
        }
      }
    }
    try JSONSerialization.data(withJSONObject: wanted).write(to: folder.appending(path: "wanted.json"))
    let result = try Self.run(["python3", "-c", Self.reader, folder.path])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output == "read \(files) files and \(wanted.count) policies\n", "\(result.output)")
  }

  @Test(
    .enabled(
      if: (try? `Terraform output`.run(["terraform", "version"]).status) == 0, "the command `terraform` is not here"))
  func `terraform fmt has nothing to change`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-tf-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for testCase in GoldenCase.all where testCase.kind == "valid" {
      for (environment, validated) in try testCase.validated() {
        let artifacts = Compiler.compile(validated).artifacts.filter { $0.path.hasSuffix(".tf") }
        let output = folder.appending(path: "\(testCase.name)-\(environment ?? "base")")
        try ArtifactWriter().write(artifacts, to: output.path)
      }
    }
    let result = try Self.run(["terraform", "fmt", "-check", "-diff", "-recursive", folder.path])
    #expect(result.status == 0, "\(result.output)")
  }

  private static func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  private static let reader = #"""
    import json, pathlib, sys
    try:
        import hcl2
    except ImportError as error:
        sys.exit(f"{error}: run `scripts/prepare test`")
    folder = pathlib.Path(sys.argv[1])
    wanted = json.loads((folder / "wanted.json").read_text())
    def plain(text): return text[1:-1] if isinstance(text, str) and text[:1] == '"' else text
    def grants(tree):
        return {plain(path): [plain(word) for word in rule["capabilities"]]
                for block in tree.get("path", []) for path, rule in block.items()}
    def dedented(text):
        lines = plain(text).split("\n")
        if not lines[0].startswith("<<-"): return text
        body = lines[1:-1]
        indent = min(len(line) - len(line.lstrip()) for line in body if line.strip())
        return "\n".join(line[indent:] for line in body) + "\n"
    problems, files, policies = [], 0, {}
    for file in sorted([*folder.rglob("*.hcl"), *folder.rglob("*.tf")]):
        files += 1
        try:
            tree = hcl2.loads(file.read_text())
        except Exception as error:
            problems.append(f"{file.relative_to(folder)}: {str(error)[:300]}")
            continue
        case = file.relative_to(folder).parts[0]
        if file.suffix == ".hcl":
            policies[f"{case}/{file.stem}"] = grants(tree)
        for block in tree.get("resource", []):
            for body in (block.get("vault_policy") or block.get('"vault_policy"') or {}).values():
                text = dedented(body["policy"])
                name = f"{case}/{plain(body['name'])}"
                if grants(hcl2.loads(text)) != wanted[name]:
                    problems.append(f"terraform's {name}: {text}")
    for name, rules in wanted.items():
        if policies.get(name) != rules: problems.append(f"{name}: {policies.get(name)} is not {rules}")
    print(f"read {files} files and {len(wanted)} policies", *problems, sep="\n")
    sys.exit(1 if problems else 0)
    """#
}
