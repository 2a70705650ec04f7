import Compiler
import Emitters
import Foundation
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators
import VaultPolicy

@Suite struct `Vault output` {
  @Test func `policies can be read and are as vault policy fmt leaves them`() throws {
    var count = 0
    for (name, spec) in try Sample.all() {
      for artifact in spec.compilation.artifacts where artifact.path.hasSuffix(".hcl") {
        count += 1
        var sources = SourceMap()
        let file = sources.add(name: artifact.path, bytes: artifact.text.bytes)
        let formatted = PolicyFormatter.format(file)
        #expect(formatted.diagnostics.isEmpty, "\(name)")
        #expect(formatted.text == artifact.text.text, "\(name)")
      }
    }
    #expect(count == 4)
  }

  @Test func `a derived policy grants read on exactly the paths that are read`() throws {
    #expect(
      try CompiledSpec(Sample.vaultRuntime)("vault/gateway-runtime.hcl").hasSuffix(
        "\n\npath \"kv/ai/gateway\" {\n  capabilities = [\"read\"]\n}\n"))
  }

  @Test func `the script mounts, writes policies and binds the role to the account`() throws {
    let script = try CompiledSpec(Sample.litellm)("vault/setup.sh")
    #expect(script.contains("\nkv_mount litellm 2\n"))
    #expect(script.contains("\nvault policy write eso-litellm eso-litellm.hcl\n"))
    #expect(
      script.contains(
        #"""
        vault write auth/kubernetes/role/eso-litellm \
          bound_service_account_names=litellm-eso \
          bound_service_account_namespaces=ai-services \
          audience=vault \
          token_policies=eso-litellm \
          token_ttl=20m0s \
          token_max_ttl=20m0s

        """#))
  }

  @Test func `every write of a secret is a comment that reads a file`() throws {
    let script = try CompiledSpec(Sample.litellm)("vault/setup.sh")
    #expect(script.contains("#   vault kv put -mount=litellm api-keys \\\n#     master-key=@master-key.txt \\\n"))
    for line in script.split(separator: "\n") where line.contains("kv put") || line.contains("secret_id") {
      #expect(line.hasPrefix("#"), "\(line)")
    }
  }

  @Test(arguments: [
    ("", "verify-full", "sslmode=require&sslaccept=strict"), (", tls: require", "require", "sslmode=require"),
    (", tls: disable", "disable", "sslmode=disable"),
  ])
  func `the script says what the URL of the database must end in`(_ tls: String, _ name: String, _ ending: String)
    throws
  {
    let text = Sample.litellm.replacing(
      "database:\n  url: { secret: database-url }\n  poolSize: 8",
      with: "database: { url: { secret: database-url }\(tls) }")
    let advice =
      "# database-url: for `tls: \(name)` the URL must end in `?\(ending)`.\n#   vault kv put -mount=litellm database "
    #expect(try CompiledSpec(text)("vault/setup.sh").contains(advice))
  }

  @Test func `what the spec says cannot break out of its word`() throws {
    let text = Sample.vaultRuntime
      .replacing("namespace: team", with: #"namespace: "te'am; $(reboot)\nrm -rf /""#)
      .replacing("audience: vault", with: "audience: \"`id`\"")
    let script = try CompiledSpec(text)("vault/setup.sh")
    #expect(script.contains(#"export VAULT_NAMESPACE='te'\''am; $(reboot) rm -rf /'"#))
    #expect(script.contains("'audience=`id`' "))
  }

  @Test(arguments: GoldenCase.all.filter { $0.kind == "valid" })
  func `shellcheck and a POSIX shell have nothing to say`(_ testCase: GoldenCase) throws {
    for (_, validated) in try testCase.validated() {
      guard let script = Compiler.compile(validated).artifact("vault/setup.sh") else { continue }
      for command in [["sh", "-n"], ["shellcheck", "--shell=sh", "-"]] {
        let result = try Self.run(command, input: script.bytes)
        #expect(result.status == 0, "\(testCase): \(result.output)")
      }
    }
  }

  @Test(arguments: GoldenCase.all.filter { $0.kind == "valid" })
  func `the script of each golden runs twice, and no secret is in what it says`(_ testCase: GoldenCase) throws {
    for (_, validated) in try testCase.validated() where validated.spec.vault != nil {
      let vault = try FakeVault(Compiler.compile(validated).artifacts)
      let password = try vault.file("password", "correct horse")
      var variables = ["OIDC_ISSUER": "https://issuer.example.com"]
      for mount in validated.spec.vault?.value.mounts.value ?? .placeholder {
        for connection in mount.value.connections.value {
          let name = connection.name.value.text.uppercased().replacing("-", with: "_")
          variables["\(name)_PASSWORD_FILE"] = password
        }
      }
      let first = try vault.run(variables)
      #expect(first.status == 0, "\(first.error)")
      let second = try vault.run()
      #expect(second.status == 0, "\(second.error)")
      #expect(!second.calls.contains { $0.contains(" enable ") || $0.contains("auth/kubernetes/config") })
      #expect(!(first.calls + second.calls).joined().contains("correct horse"))
      for policy in validated.policies {
        #expect(second.calls.contains("policy write \(policy.name.value) \(policy.name.value).hcl"))
      }
    }
  }

  @Test func `the script runs twice against a Vault that remembers what is enabled`() throws {
    let vault = try Self.fakeVault(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy])
    let first = try vault.run(["OIDC_ISSUER": "https://issuer.example.com"])
    #expect(first.status == 0, "\(first.error)")
    #expect(first.calls.contains("secrets enable -path=team/keys -version=1 kv"))
    #expect(first.calls.contains("auth enable -path=jwt jwt"))
    #expect(first.calls.contains("write auth/jwt/config oidc_discovery_url=https://issuer.example.com"))
    #expect(first.calls.contains("policy write edge edge.hcl"))
    let second = try vault.run()
    #expect(second.status == 0, "\(second.error)")
    #expect(!second.calls.contains { $0.contains("enable") || $0.contains("config") })
    #expect(second.calls.contains("policy write edge edge.hcl"))
  }

  @Test func `a configuration that failed is made up for by the next run`() throws {
    let vault = try Self.fakeVault(Sample.litellm)
    let first = try vault.run(["FAIL": "write auth/kubernetes/config"])
    #expect(first.status != 0)
    #expect(first.calls.last == "auth enable -path=kubernetes kubernetes")
    let second = try vault.run()
    #expect(second.status == 0)
    #expect(second.calls.contains("write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc"))
    #expect(!second.calls.contains { $0.hasPrefix("auth enable") })
  }

  @Test func `a Vault outside the cluster is told where the API server is and how to ask it`() throws {
    let vault = try Self.fakeVault(Sample.litellm)
    let (authority, reviewer) = (try vault.file("my ca.crt", "x"), try vault.file("reviewer", "x"))
    let calls = try vault.run([
      "KUBERNETES_HOST": "https://api.example.com:6443", "KUBERNETES_CA_CERT_FILE": authority,
      "TOKEN_REVIEWER_JWT_FILE": reviewer,
    ]).calls
    #expect(
      calls.contains(
        "write auth/kubernetes/config kubernetes_host=https://api.example.com:6443 "
          + "kubernetes_ca_cert=@\(authority) token_reviewer_jwt=@\(reviewer)"))
  }

  @Test(arguments: [1, 2])
  func `a mount of the other version stops the script before any policy`(_ version: Int) throws {
    let vault = try Self.fakeVault(Sample.litellm)
    try vault.mount("litellm", version: version)
    let run = try vault.run()
    #expect((run.status == 0) == (version == 2))
    #expect(run.error.contains("no key-value engine of version 2") == (version == 1))
    #expect(run.calls.contains { $0.hasPrefix("policy") } == (version == 2))
  }

  @Test func `a database is told its password once, from a file`() throws {
    let text = try String(
      contentsOf: RepositoryLayout.specs.appending(path: "valid/dynamic-credentials.yaml"), encoding: .utf8)
    let vault = try Self.fakeVault(text)
    let early = try vault.run()
    #expect(early.status != 0)
    #expect(early.error.contains("LEDGER_PASSWORD_FILE: the file with the password"))
    let file = try vault.file("password", "correct horse")
    let first = try vault.run(["LEDGER_PASSWORD_FILE": file, "ARCHIVE_PASSWORD_FILE": file])
    #expect(first.status == 0, "\(first.error)")
    let connection =
      "write database/config/ledger plugin_name=postgresql-database-plugin allowed_roles=ledger "
      + "connection_url=postgresql://{{username}}:{{password}}@ledger-db.example.com:5432/ledger?sslmode=verify-full "
      + "username=vault"
    #expect(first.calls.contains(connection + " password=@\(file)"))
    // Later runs leave a password alone that Vault may have changed by itself.
    #expect(try vault.run().calls.contains(connection))
    #expect(
      first.calls.contains(
        #"write database/roles/ledger db_name=ledger creation_statements=CREATE ROLE "{{name}}" WITH LOGIN PASSWORD "#
          + #"'{{password}}' VALID UNTIL '{{expiration}}' IN ROLE "ledger_owner"; "#
          + #"creation_statements=ALTER ROLE "{{name}}" SET ROLE "ledger_owner"; default_ttl=1h0m0s max_ttl=24h0m0s"#))
  }

  @Test func `a value that begins with an at sign is no file`() throws {
    let vault = try Self.fakeVault(Sample.litellm.replacing("audience: vault", with: "audience: '@vault'"))
    #expect(try vault.run().calls.contains { $0.contains(#" audience=\@vault "#) })
  }

  private static func fakeVault(_ text: String, files: [String: String] = [:]) throws -> FakeVault {
    try FakeVault(CompiledSpec(text, files: files).compilation.artifacts)
  }

  private static func run(_ command: [String], input bytes: [UInt8]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
