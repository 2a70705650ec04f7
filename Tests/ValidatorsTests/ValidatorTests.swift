import SluiceTestSupport
import SourceDiagnostics
import Testing
import Validators

/// What the validator decides for all rules together.
struct ValidatorTests {
  /// Two environments that each send secrets in a way no engine takes; `line` is added to the first.
  private func findings(base: String = "", addingToStaging line: String = "") -> [String] {
    let text = """
      \(base)
      environments:
        staging:
          \(line)
          secrets: { delivery: vault }
        production:
          secrets: { delivery: vault }

      """
    return RuleExampleRunner(.allowed(text, base: .litellm)).lint().outcome.diagnostics
      .filter { $0.code == DiagnosticCode(3016) || $0.code == DiagnosticCode(1001) }
      .map { "\($0.environment ?? "base") \($0.code)" }.sorted()
  }

  @Test
  func `every environment is judged`() {
    #expect(findings() == ["production GW3016", "staging GW3016"])
  }

  @Test
  func `a misspelt key in one environment keeps the rules from that environment alone`() {
    #expect(
      findings(addingToStaging: "server: { prot: 4000 }") == ["production GW3016", "staging GW1001"])
  }

  @Test
  func `a misspelt key in the base keeps the rules from every environment`() {
    #expect(findings(base: "server: { prot: 4000 }") == ["base GW1001"])
  }

  @Test
  func `a virtual key is held to the declared models`() {
    let text = """
      auth:
        masterKey: { secret: master-key }
        keys:
          ci-bot: { key: { secret: openai-key }, models: [gpt-4o-mimi] }

      """
    let codes = RuleExampleRunner(.allowed(text, base: .sluice)).lint().outcome.diagnostics
      .filter { $0.severity == .error }.map(\.code.description)
    #expect(codes.sorted() == ["GW2003"])
  }

  @Test
  func `virtual keys alone close a published gateway`() {
    let text = """
      auth: { keys: { ci-bot: { key: { secret: openai-key } } } }
      ingress: { host: gateway.example.com, tls: { secretName: gateway-tls } }

      """
    let codes = RuleExampleRunner(.allowed(text, base: .sluice)).lint().outcome.diagnostics
      .filter { $0.severity == .error }.map(\.code.description)
    #expect(codes.isEmpty)
  }
}
