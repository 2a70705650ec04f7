import GatewaySpec
import SourceDiagnostics
import Testing

struct EnvironmentTests {
  @Test
  func `an environment is merged key by key, and each value keeps the place it came from`() throws {
    let spec = SpecText(
      minimalAnd: """
        server: { port: 4000, requestTimeout: 60s }
        environments:
          staging:
            server: { port: 5000 }
            routing: { retries: 1 }
        """)
    #expect(spec.findings == [])
    let staging = try #require(spec.loaded.variant("staging")).spec
    #expect(staging.server.value.port.value.number == 5000)
    #expect(staging.server.value.port.span.start > spec.spec.environments.span.start)
    #expect(staging.server.value.requestTimeout.value == .seconds(60))
    #expect(staging.server.value.requestTimeout.span == spec.spec.server.value.requestTimeout.span)
    #expect(staging.routing.value.retries.value == 1)
    #expect(spec.spec.server.value.port.value.number == 4000)
    #expect(spec.spec.routing.value.retries.origin == .defaulted)
  }

  @Test
  func `null removes a key, a list is replaced whole`() throws {
    let spec = SpecText(
      minimalAnd: """
        autoscaling: { max: 4, cpu: 70% }
        models: { a: { targets: [{ provider: p, model: x }, { provider: p, model: y }] } }
        environments:
          small:
            autoscaling: null
            models: { a: { targets: [{ provider: p, model: z }] } }
        """)
    let small = try #require(spec.loaded.variant("small")).spec
    #expect(small.autoscaling == nil)
    #expect(spec.spec.autoscaling != nil)
    #expect(small.models.value[0].value.targets.value.map(\.value.model.value.text) == ["z"])
    #expect(spec.findings == [])
  }

  @Test
  func `an overlay that changes nothing or hits nothing is a finding of that environment`() {
    let spec = SpecText(
      minimalAnd: """
        server: { port: 4000 }
        environments:
          one: { server: { port: 4000 } }
          two: { sever: null }
        """)
    #expect(spec.findings == ["GW1009 4000", "GW1010 sever"])
    #expect(spec.loaded.diagnostics.map(\.environment) == ["one", "two"])
    #expect(spec.loaded.diagnostics[1].help == ["a key with a similar name exists: `server`"])
  }

  @Test
  func `a misspelt key of an overlay is led to the key that the base has written`() {
    let spec = SpecText(minimalAnd: "engine: { replicas: 2 }\nenvironments: { a: { engine: { replica: 1 } } }\n")
    #expect(spec.findings == ["GW1001 replica"])
    #expect(spec.loaded.diagnostics[0].help == ["a key with a similar name exists: `replicas`"])
  }

  @Test
  func `an environment may be empty, but is no list and holds no environments`() throws {
    let spec = SpecText(minimalAnd: "environments: { a: , b: [x], c: { environments: { d: {} } } }\n")
    #expect(spec.findings == ["GW1003 [x]", "GW1001 environments"])
    #expect(spec.loaded.variant("a")?.spec.metadata.value.name.value.text == "gateway")
  }

  @Test
  func `a mistake of the base is told once, one of an environment names it`() {
    let spec = SpecText(
      minimalAnd: "server: { port: x }\nenvironments: { a: { routing: { retries: y } }, b: {} }\n")
    #expect(spec.findings == ["GW1004 x", "GW1004 y"])
    #expect(spec.loaded.diagnostics.map(\.environment) == [nil, "a"])
  }
}
