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
    let vault = try FakeVault(CompiledSpec(Sample.manySources, files: ["policies/edge.hcl": Sample.edgePolicy]))
    let first = try vault.run(["OIDC_ISSUER": "https://issuer.example.com"])
    #expect(first.status == 0)
    #expect(first.calls.contains("secrets enable -path=team/keys -version=1 kv"))
    #expect(first.calls.contains("auth enable -path=jwt jwt"))
    #expect(first.calls.contains("write auth/jwt/config oidc_discovery_url=https://issuer.example.com"))
    #expect(first.calls.contains("policy write edge edge.hcl"))
    let second = try vault.run()
    #expect(second.status == 0)
    #expect(!second.calls.contains { $0.contains("enable") || $0.contains("config") })
    #expect(second.calls.contains("policy write edge edge.hcl"))
  }

  @Test func `a configuration that failed is made up for by the next run`() throws {
    let vault = try FakeVault(CompiledSpec(Sample.litellm))
    let first = try vault.run(["FAIL": "write auth/kubernetes/config"])
    #expect(first.status != 0)
    #expect(first.calls.last == "auth enable -path=kubernetes kubernetes")
    let second = try vault.run()
    #expect(second.status == 0)
    #expect(second.calls.contains("write auth/kubernetes/config kubernetes_host=https://kubernetes.default.svc"))
    #expect(!second.calls.contains { $0.hasPrefix("auth enable") })
  }

  @Test func `a Vault outside the cluster is told where the API server is and how to ask it`() throws {
    let calls = try FakeVault(CompiledSpec(Sample.litellm)).run([
      "KUBERNETES_HOST": "https://api.example.com:6443", "KUBERNETES_CA_CERT_FILE": "/etc/my files/ca.crt",
      "TOKEN_REVIEWER_JWT_FILE": "/etc/reviewer",
    ]).calls
    #expect(
      calls.contains(
        "write auth/kubernetes/config kubernetes_host=https://api.example.com:6443 "
          + "kubernetes_ca_cert=@/etc/my files/ca.crt token_reviewer_jwt=@/etc/reviewer"))
  }
}

/// A compiled `setup.sh` and a command `vault` that writes down what it is told, knows what is enabled and configured, and
/// fails where `FAIL` says.
private final class FakeVault {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "sluice-vault-\(UUID().uuidString)")
  private var log: String { folder.appending(path: "log").path }

  init(_ spec: CompiledSpec) throws {
    try ArtifactWriter().write(spec.compilation.artifacts, to: folder.path)
    let command = folder.appending(path: "bin/vault")
    try FileManager.default.createDirectory(
      at: command.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(
      """
      #!/bin/sh
      if [ -n "$FAIL" ] && [ "$1 $2" = "$FAIL" ]; then exit 2; fi
      case "$1 $2" in
      "secrets list" | "auth list") cat "$LOG.$1" 2>/dev/null || true; exit ;;
      "read "*/config) grep -q "^write $2 " "$LOG" || exit 2; exit ;;
      "secrets enable" | "auth enable")
        for word; do case "$word" in -path=*) echo "\\"${word#-path=}/\\": {}" >> "$LOG.$1" ;; esac; done ;;
      esac
      echo "$*" >> "$LOG"
      """.utf8
    ).write(to: command)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: command.path)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Runs the script, and tells how it ended and what it asked of Vault this time, lists and reads left out.
  func run(_ variables: [String: String] = [:]) throws -> (status: Int32, calls: [Substring]) {
    let before = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
    let shell = Process()
    shell.executableURL = folder.appending(path: "vault/setup.sh")
    let path = "\(folder.path)/bin:/usr/bin:/bin"
    shell.environment = ["PATH": path, "LOG": log].merging(variables) { own, _ in own }
    try shell.run()
    shell.waitUntilExit()
    let after = try String(contentsOfFile: log, encoding: .utf8)
    return (shell.terminationStatus, after.dropFirst(before.count).split(separator: "\n"))
  }
}
