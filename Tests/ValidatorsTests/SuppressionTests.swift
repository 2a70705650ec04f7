import GatewaySpec
import SourceDiagnostics
import Testing
import Validators
import VaultPolicy

/// Comments that silence findings. What the findings about them say stands in their examples.
struct SuppressionTests {
  private static let today = CalendarDate(year: 2026, month: 7, day: 1)

  /// The codes that are left of a spec without its base, and those that were silenced.
  private func lint(
    _ text: String, policy: String? = nil, today: CalendarDate? = today
  ) -> (left: [String], silenced: [String], outcome: Validator.Outcome) {
    var sources = SourceMap()
    let loaded = SpecLoader.load(bytes: Array(text.utf8), name: "specs/gateway.yaml", into: &sources) { _ in
      policy.map { .success(Array($0.utf8)) } ?? .failure(SpecLoader.FileAccessError("no such file"))
    }
    let outcome = Validator.validate(loaded, today: today)
    return (
      outcome.diagnostics.map(\.code.description), outcome.suppressed.map(\.code.description), outcome
    )
  }

  private func whole(_ text: String) -> String { RuleExampleRunner(.allowed(text)).text }

  @Test
  func `a comment behind a value holds for its line alone`() {
    let text = """
      metadata:
        name: gateway
        namespace: default # sluice: allow GW6001: shared on purpose
      engine: { type: litellm, image: "ghcr.io/berriai/litellm:main-stable" }

      """
    let result = lint(whole(text))
    #expect(result.silenced == ["GW6001"])
    #expect(result.left.contains("GW6002"))
  }

  @Test(arguments: ["\n", "\r\n"])
  func `a comment above a key holds for the key and all below it, and no further`(_ lineBreak: String) {
    let text = """
      # sluice: allow default-namespace, GW6002: shared on purpose
      metadata:
        name: gateway

        namespace: default
      engine: { type: litellm, image: "ghcr.io/berriai/litellm:main-stable" }

      """
    let result = lint(whole(text).split(separator: "\n", omittingEmptySubsequences: false).joined(separator: lineBreak))
    #expect(result.silenced == ["GW6001"])
    #expect(result.left.contains("GW6002"))
    #expect(result.left.contains("GW1023"), "the second name silences nothing below its key")
  }

  @Test
  func `a comment above an item of a list holds for the item`() {
    func policy(_ comments: (String, String)) -> String {
      whole(
        """
        vault:
          address: https://vault.example.com:8200
          mounts:
            litellm: { engine: kv, version: 2 }
          policies:
            gateway-secrets:
              paths:
                - { path: litellm/data/api-keys, capabilities: [read] }
                - { path: litellm/data/database, capabilities: [read] }
                \(comments.0)
                - path: other/data/a
                  capabilities: [read]
                \(comments.1)
                - path: other/data/b
                  capabilities: [read]
          logins:
            external-secrets:
              method: kubernetes
              role: gateway
              serviceAccount: gateway-eso
              audience: vault
              policies: [gateway-secrets]

        """)
    }
    let code = "GW3007"
    #expect(lint(policy(("# one", "# two"))).left.filter { $0 == code }.count == 2)
    let result = lint(policy(("# sluice: allow \(code): made elsewhere", "# two")))
    #expect(result.silenced == [code])
    #expect(result.left.filter { $0 == code }.count == 1)
  }

  @Test
  func `a comment before the first key can hold for the whole file`() {
    let text = """
      # The gateway of one team.
      # sluice: allow-file GW6001 GW6002: a laptop's cluster
      metadata: { name: gateway, namespace: default }
      engine: { type: litellm, image: "ghcr.io/berriai/litellm:main-stable" }

      """
    #expect(Set(lint(whole(text)).silenced).isSuperset(of: ["GW6001", "GW6002"]))
  }

  @Test
  func `what environments say of the same place is silenced too`() {
    let text = """
      environments:
        staging:
          # sluice: allow GW6001: a shared cluster
          metadata: { namespace: default }

      """
    let result = lint(whole(text))
    #expect(result.silenced == ["GW6001"])
    #expect(!result.left.contains("GW6001"))
  }

  @Test
  func `a date holds to its end, and without a day for ever`() {
    func spec(_ date: String) -> String {
      whole("metadata:\n  name: gateway\n  namespace: default # sluice: allow GW6001 until \(date): a reason\n")
    }
    #expect(lint(spec("2026-07-01")).silenced == ["GW6001"])
    #expect(lint(spec("2026-06-30")).silenced == [])
    #expect(Set(lint(spec("2026-06-30")).left).isSuperset(of: ["GW6001", "GW1022"]))
    #expect(lint(spec("2026-06-30"), today: nil).silenced == ["GW6001"])
    #expect(!lint(spec("2026-06-30"), today: nil).left.contains("GW1022"))
  }

  @Test
  func `a silenced error lets the spec go on, an error of form does not`() {
    let probe = "server:\n  probes:\n    liveness: { path: /healthz } # sluice: allow GW4001: a sidecar answers it\n"
    #expect(lint(whole(probe)).outcome.validated() != nil)
    let misspelt = "server:\n  prot: 4000 # sluice: allow GW1001: later\n"
    #expect(lint(whole(misspelt)).outcome.validated() == nil)
    #expect(lint(whole(misspelt)).left.contains("GW1021"))
    let dangling = "providers:\n  openai: { type: openai, apiKey: { secret: none } } # sluice: allow GW2001: later\n"
    #expect(lint(whole(dangling)).outcome.validated() == nil)
  }

  @Test
  func `nothing is said to be unused while the file has mistakes of form`() {
    let text =
      "# sluice: allow GW6001: a reason\nmetadata: { name: gateway, namespace: ai-services }\nserver: { prot: 1 }\n"
    #expect(!lint(whole(text)).left.contains("GW1023"))
  }

  @Test
  func `comments in a policy file silence what is found there`() throws {
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
    func policy(_ above: String, _ behind: String, top: String = "") -> String {
      """
      \(top)
      path "litellm/data/api-keys" { capabilities = ["read"] }
      path "litellm/data/database" { capabilities = ["read"] }
      \(above)
      path "litellm/data/*/x" { \(behind)
        capabilities = ["read"]
      }

      """
    }
    let plain = lint(spec, policy: policy("# a path", ""))
    let found = try #require(
      plain.outcome.diagnostics.first {
        $0.code == PolicyMistakes.wildcardInsideSegment.code || $0.code == PolicyMistakes.globNotAtEnd.code
      })
    let code = found.code.description
    for text in [
      policy("# sluice: allow \(code): a reason", ""), policy("", "# sluice: allow \(code): a reason"),
      policy("// sluice: allow \(found.slug): a reason", ""),
      policy("", "", top: "# sluice: allow-file \(code): a reason"),
    ] {
      let result = lint(spec, policy: text)
      #expect(result.silenced == [code], "\(text)")
      #expect(!result.left.contains(code) && !result.left.contains("GW1023"))
    }
    let unused = lint(spec, policy: policy("", "", top: "# sluice: allow GW6001: a reason"))
    #expect(unused.left.contains("GW1023"))
  }

  /// Whoever silences an error takes the consequences; a crash is none of them.
  @Test
  func `every error that can be silenced leaves a spec that goes on`() {
    for rule in RuleRegistry.all.map(\.description) where rule.severity == .error {
      guard Suppressibility.of(rule.code) == .suppressible else { continue }
      for example in rule.examples where example.expectation != .allowed {
        let text = RuleExampleRunner(example).text
        let outcome = lint("# sluice: allow-file \(rule.code): to see what happens\n" + text).outcome
        let others = outcome.diagnostics.filter { $0.severity == .error }
        #expect(others.map { "\($0.code) \($0.headline)" } == [], "\(rule.code)")
        #expect(outcome.validated() != nil, "\(rule.code)")
      }
    }
  }
}
