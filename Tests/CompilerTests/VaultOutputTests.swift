import Compiler
import Emitters
import Foundation
import SourceDiagnostics
import Testing
import VaultPolicy

@Suite struct `Vault output` {
  private static func scripts() throws -> [String] {
    try Sample.all().compactMap { $0.spec.compilation.artifact("vault/setup.sh")?.text.text }
  }

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
      try CompiledSpec(Sample.vaultRuntime)("vault/runtime-secrets.hcl").hasSuffix(
        "\n\npath \"kv/ai/gateway\" {\n  capabilities = [\"read\"]\n}\n"))
  }

  @Test func `the script mounts, writes policies and binds the role to the account`() throws {
    let script = try CompiledSpec(Sample.litellm)("vault/setup.sh")
    #expect(script.contains("\nhas_mount litellm || vault secrets enable -path=litellm -version=2 kv\n"))
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

  @Test func `what the spec says cannot break out of its word`() throws {
    let text = Sample.vaultRuntime
      .replacing("namespace: team", with: #"namespace: "te'am; $(reboot)\nrm -rf /""#)
      .replacing("audience: vault", with: "audience: \"`id`\"")
    let script = try CompiledSpec(text)("vault/setup.sh")
    #expect(script.contains(#"export VAULT_NAMESPACE='te'\''am; $(reboot) rm -rf /'"#))
    #expect(script.contains("audience='`id`' "))
  }

  @Test func `a POSIX shell can read the scripts`() throws {
    for script in try Self.scripts() {
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-n"]
      let input = Pipe()
      shell.standardInput = input
      try shell.run()
      try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
      try input.fileHandleForWriting.close()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0)
    }
  }

  @Test func `the script runs twice against a Vault that remembers what is enabled`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-vault-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let spec = try CompiledSpec(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy])
    try ArtifactWriter().write(spec.compilation.artifacts, to: folder.path)
    let fake = folder.appending(path: "bin/vault")
    try FileManager.default.createDirectory(at: fake.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(
      """
      #!/bin/sh
      case "$1 $2" in
      "secrets list" | "auth list") cat "$LOG.$1" 2>/dev/null || true ;;
      "secrets enable" | "auth enable")
        for word; do case "$word" in -path=*) echo "\\"${word#-path=}/\\": {}" >> "$LOG.$1" ;; esac; done
        echo "$*" >> "$LOG" ;;
      *) echo "$*" >> "$LOG" ;;
      esac
      """.utf8
    ).write(to: fake)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: fake.path)
    let log = folder.appending(path: "log").path
    func run() throws -> [Substring] {
      let before = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      let shell = Process()
      shell.executableURL = folder.appending(path: "vault/setup.sh")
      shell.environment = [
        "PATH": "\(folder.path)/bin:/usr/bin:/bin", "LOG": log, "OIDC_ISSUER": "https://issuer.example.com",
      ]
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0)
      return try String(contentsOfFile: log, encoding: .utf8).dropFirst(before.count).split(separator: "\n")
    }
    let first = try run()
    #expect(first.contains("secrets enable -path=team/keys -version=1 kv"))
    #expect(first.contains("auth enable -path=jwt jwt"))
    #expect(first.contains("policy write edge edge.hcl"))
    let second = try run()
    #expect(!second.contains { $0.contains("enable") || $0.contains("config") })
    #expect(second.contains("policy write edge edge.hcl"))
  }
}
