import Compiler
import GatewaySpec
import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators

@Suite struct `Output mistakes` {
  @Test(arguments: OutputMistakes.all.indices)
  func `examples are flagged where they are marked, and nowhere else`(_ index: Int) throws {
    let mistake = OutputMistakes.all[index]
    #expect(mistake.code.category == .output)
    for example in mistake.examples {
      let runner = RuleExampleRunner(example)
      var sources = SourceMap()
      let loaded = SpecLoader.load(bytes: Array(runner.text.utf8), name: "gateway.yaml", into: &sources) { _ in
        .failure(SpecLoader.FileAccessError("no such file"))
      }
      let outcome = Validator.validate(loaded, rules: [])
      let validated = try #require(outcome.validated(), "\(outcome.diagnostics.map(\.headline))")
      let places = Compiler.compile(validated).diagnostics.filter { $0.code == mistake.code }.map(\.primary.span.range)
      #expect(places == runner.marks, "\(mistake.slug): \(runner.text)")
    }
  }

  @Test func `the samples lose nothing but what has no place`() throws {
    #expect(try CompiledSpec(Sample.litellm).findings == [])
    #expect(try CompiledSpec(Sample.vaultRuntime).findings == [])
    #expect(
      try CompiledSpec(Sample.sluice).findings == [
        "GW9005 the pods need a Secret `gateway-secrets` that no output makes"
      ])
  }

  @Test(
    arguments: [
      ("auth:", "auth:\n  keys: { ci: { key: { secret: openai-key } } }", "`ci` is left out"),
      ("  maxBodySize: 20Mi", "  maxBodySize: 20Mi", nil),
      (
        "{ team: ai-platform }", "{ app.kubernetes.io/name: x }",
        "label `app.kubernetes.io/name` is set by the compiler"
      ),
      ("{ LITELLM_LOG: INFO }", "{ OPENAI_API_KEY: x }", "variable `OPENAI_API_KEY` is taken by a secret"),
      ("  paths: [/v1, /health]", "  controller: gateway-api", "an HTTPRoute has no certificate"),
      ("  paths: [/v1, /health]", "  controller: traefik", "nothing holds requests to 20Mi"),
      ("delivery: external-secrets", "delivery: files", "LiteLLM reads no secrets from files"),
    ] as [(String, String, String?)])
  func `what an output cannot carry is said`(_ old: String, _ new: String, _ finding: String?) throws {
    let findings = try CompiledSpec(Sample.litellm.replacing(old, with: new, maxReplacements: 1)).findings
    if let finding {
      #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    } else {
      #expect(findings.isEmpty)
    }
  }

  @Test func `a written tls of the database is a finding where no script can say what the URL must have`() throws {
    let written = Sample.litellm.replacing("poolSize: 8", with: "tls: require")
    #expect(try CompiledSpec(written).findings == [])
    func findings(_ text: String) throws -> [String] {
      try CompiledSpec(text.replacing("delivery: external-secrets", with: "delivery: environment")).findings
        .filter { $0.contains("decides about TLS") }
    }
    #expect(
      try findings(written) == ["GW9002 the URL in secret `database-url` decides about TLS, and no output has it"])
    #expect(try findings(Sample.litellm) == [])
  }

  @Test func `a finding of an environment names it`() throws {
    let text = Sample.sluice + "environments: { staging: { engine: { replicas: 1 } } }\n"
    let spec = try CompiledSpec(text, environment: "staging")
    #expect(spec.compilation.diagnostics.map(\.environment) == ["staging"])
  }

  @Test func `metrics of an engine that serves none are a finding`() throws {
    let findings = try CompiledSpec(Sample.sluice + "observability: { metrics: true }\n").findings
    let serves = EngineDescriptor.sluice.endpoints.endpoints.contains { $0.purpose == .metrics }
    #expect(findings.contains("GW9002 Sluice serves no metrics") != serves)
  }
}
