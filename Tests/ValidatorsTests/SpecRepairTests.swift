import GatewaySpec
import SourceDiagnostics
import Testing
import Validators

struct SpecRepairTests {
  private func repair(
    _ text: String, policy: String? = nil, atLeast safety: FixIt.Safety = .unsafe,
    isWanted: @escaping (Diagnostic) -> Bool = { _ in true }
  ) -> SpecRepair {
    SpecRepair(
      bytes: Array(text.utf8), name: "teams/gateway.yaml",
      files: { _ in
        policy.map { .success(Array($0.utf8)) } ?? .failure(SpecLoader.FileAccessError("no such file"))
      }, atLeast: safety, isWanted: isWanted)
  }

  private func text(_ repair: SpecRepair, _ name: String = "teams/gateway.yaml") -> String? {
    repair.changes.first { $0.name == name }.map { String(decoding: $0.after, as: UTF8.self) }
  }

  private func whole(_ text: String) -> String { RuleExampleRunner(.allowed(text)).text }

  @Test
  func `comments and layout stay, and every fix is applied`() {
    let spec = whole(
      """
      # The team's gateway.
      server:   # its door
        prot:   4000    # where it listens

        probes:
          liveness: {path: /healthz }   # odd blanks stay
      metadata:
        name: gateway
        namespace: ai-services # sluice: allow GW6001: nothing to silence

      """)
    let result = repair(spec)
    let wanted = spec.replacing("prot:", with: "port:").replacing("/healthz", with: "/health/liveliness")
      .replacing(" # sluice: allow GW6001: nothing to silence", with: "")
    #expect(text(result) == wanted)
    #expect(result.outcome.diagnostics.filter { $0.severity == .error } == [])
    #expect(result.applied.count == 3)
  }

  @Test
  func `only fixes that are safe enough and wanted are applied`() {
    let spec = whole("server:\n  probes:\n    liveness: { path: /healthz }\n")
    #expect(repair(spec, atLeast: .safe).changes.isEmpty)
    #expect(repair(spec, isWanted: { $0.code != DiagnosticCode(4001) }).changes.isEmpty)
    #expect(repair(spec).changes.count == 1)
  }

  @Test
  func `a second run finds nothing to do`() throws {
    for rule in RuleCatalog.all {
      for example in rule.examples where example.expectation != .allowed {
        let spec = RuleExampleRunner(example).text
        guard let fixed = text(repair(spec)) else { continue }
        #expect(repair(fixed).changes.isEmpty, "\(rule.code): \(fixed)")
      }
    }
  }

  @Test
  func `no file is left with more findings than before, in any example of any rule`() {
    func count(_ outcome: Validator.Outcome, _ severity: Severity) -> Int {
      outcome.diagnostics.count { $0.severity == severity }
    }
    for rule in RuleCatalog.all {
      for example in rule.examples where example.expectation != .allowed {
        let runner = RuleExampleRunner(example)
        var sources = SourceMap()
        let loaded = SpecLoader.load(bytes: Array(runner.text.utf8), name: "teams/gateway.yaml", into: &sources) { _ in
          .failure(SpecLoader.FileAccessError("no such file"))
        }
        let before = Validator.validate(loaded)
        let result = repair(runner.text)
        if result.changes.isEmpty { continue }
        #expect(!result.applied.isEmpty)
        let isRead = !before.diagnostics.contains { $0.severity == .error && $0.code.category.rawValue < 2 }
        // What could not be read before may show more now.
        if isRead {
          let counts = [before, result.outcome].map { [count($0, .error), count($0, .warning), count($0, .note)] }
          #expect(counts[1].lexicographicallyPrecedes(counts[0]), "\(rule.code): \(counts)")
        }
        #expect(
          !result.outcome.diagnostics.contains { $0.severity == .error && $0.code.category == .yaml }
            || before.diagnostics.contains { $0.severity == .error && $0.code.category == .yaml }, "\(rule.code)")
      }
    }
  }

  @Test
  func `a fix in a policy file beside the spec changes that file`() {
    let spec = whole(
      """
      vault:
        address: https://vault.example.com:8200
        mounts:
          litellm: { engine: kv, version: 2 }
        policies:
          gateway-secrets: { file: policies/eso.hcl }
        logins:
          external-secrets:
            method: kubernetes
            role: gateway
            serviceAccount: gateway-eso
            audience: vault
            policies: [gateway-secrets]

      """)
    let policy = """
      # what the operator reads
      path "litellm/data/api-keys" { capabilities = ["read"] }
      path   "litellm/database" { capabilities = ["read"] } # the URL

      """
    let result = repair(spec, policy: policy)
    #expect(
      text(result, "teams/policies/eso.hcl") == policy.replacing("litellm/database", with: "litellm/data/database"))
    #expect(result.changes.count == 1)
    #expect(result.outcome.diagnostics.filter { $0.severity == .error } == [])
  }
}
