import GatewaySpec
import SourceDiagnostics
import Testing
import VaultPolicy

struct ResolutionTests {
  static let vault = """
    vault:
      address: https://vault.example.com
      mounts: { kv: { version: 2 }, kv/deep: { version: 1 }, database: { engine: database } }
      logins: { eso: { role: r, serviceAccount: s, audience: vault } }
    secrets:
      delivery: external-secrets
      entries:
        a: { vault: kv/team/a, property: x }
        b: { vault: kv/team/a, property: y }
        c: { vault: kv/deep/c }
        d: { vault: kvetch/d }

    """

  @Test
  func `a secret lies in the longest mount that holds it, and KV v2 is read below data`() {
    let spec = SpecText(minimalAnd: Self.vault).spec
    let vault = spec.vault?.value
    let paths = spec.secrets.value.entries.value.map { entry in
      entry.value.vault.flatMap { vault?.locate($0.value)?.apiPath }
    }
    #expect(paths == ["kv/data/team/a", "kv/data/team/a", "kv/deep/c", nil])
    #expect(spec.readPaths == ["kv/data/team/a", "kv/deep/c"])
  }

  @Test
  func `a login without policies gets one that grants exactly what is read`() {
    let loaded = SpecText(minimalAnd: Self.vault).loaded
    #expect(loaded.base.policies.map(\.name.value.text) == ["gateway-eso"])
    #expect(loaded.base.policies.map(\.origin) == [.derived])
    #expect(loaded.base.policies[0].policy.rules.map(\.pattern.text) == ["kv/data/team/a", "kv/deep/c"])
    #expect(loaded.base.policies[0].policy.rules.allSatisfy { $0.capabilities == .read })
    #expect(loaded.base.spec.secretLogin?.name.value.text == "eso")
  }

  @Test
  func `a policy file is read beside the spec, and its findings point into it`() {
    let more = "vault:\n  address: https://v.example.com\n  policies: { p: { file: p.hcl }, q: { file: q.hcl } }\n"
    let spec = SpecText(minimalAnd: more, files: ["p.hcl": "path \"kv/data/a\" { capabilities = [\"raed\"] }"])
    #expect(spec.loaded.diagnostics.map(\.code.description).sorted().last?.hasPrefix("GW31") == true)
    #expect(spec.loaded.diagnostics.contains { spec.loaded.sources[$0.primary.span.file]?.name == "p.hcl" })
    #expect(spec.findings.contains("GW1011 q.hcl"))
    #expect(spec.loaded.base.policies.map(\.origin) == [.unreadable, .unreadable])
  }

  @Test
  func `a secret is seen under its written name, its role's, or its own`() {
    let spec = SpecText(
      minimalAnd: """
        engine: { type: litellm }
        secrets: { entries: { main: {}, other-key: {}, named: { env: GIVEN } } }
        auth: { masterKey: { secret: main } }
        """
    ).spec
    let names = spec.secrets.value.entries.value.map { spec.environmentVariable(of: $0, uses: spec.secretUses).text }
    #expect(names == ["LITELLM_MASTER_KEY", "OTHER_KEY", "GIVEN"])
  }

  @Test
  func `probes take the engine's endpoints and a startup budget of thrice its start time`() {
    let spec = SpecText(minimalAnd: "engine: { type: litellm }\nserver: { probes: { readiness: { period: 5s } } }\n")
      .spec
    let probes = spec.resolvedProbes
    #expect(probes.map(\.path.value.text) == ["/health/readiness", "/health/liveliness", "/health/readiness"])
    #expect(probes[0].budget >= .seconds(180))
    #expect(probes[2].period.value == .seconds(5))
    #expect(probes[2].timeout.value < probes[2].period.value)
  }
}
